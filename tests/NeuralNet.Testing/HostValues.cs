namespace NeuralNet.Testing;

/// <summary>Numbers between host memory and tensors of any dtype.</summary>
public static class HostValues
{
    /// <summary>What integer arithmetic leaves of a whole number in a dtype: two's complement, truth values 0 or 1.</summary>
    public static double Wrap(double value, DType dtype) => dtype switch
    {
        DType.Int32 => unchecked((int)(long)value),
        DType.UInt8 => unchecked((byte)(long)value),
        DType.Bool => (long)value & 1,
        _ => value,
    };

    /// <summary>The number of a dtype of floating point that is nearest.</summary>
    public static double Round(double value, DType dtype) => dtype == DType.Float32 ? (float)value : value;

    public static Tensor ToTensor(RefArray values, DType dtype, Device device)
    {
        double[] elements = values.Values;
        Shape shape = new([.. values.Sizes.Select(size => (long)size)]);
        return dtype switch
        {
            DType.Float32 => Tensor.From(Array.ConvertAll(elements, x => (float)x), shape, device),
            DType.Float64 => Tensor.From(elements, shape, device),
            DType.Int32 => Tensor.From(Array.ConvertAll(elements, x => (int)x), shape, device),
            DType.Int64 => Tensor.From(Array.ConvertAll(elements, x => (long)x), shape, device),
            DType.UInt8 => Tensor.From(Array.ConvertAll(elements, x => (byte)x), shape, device),
            DType.Bool => Tensor.From(Array.ConvertAll(elements, x => x != 0), shape, device),
            DType.Float16 => Tensor.From(Array.ConvertAll(elements, x => (Half)x), shape, device),
            _ => Tensor.From(Array.ConvertAll(elements, x => (BFloat16)(float)x), shape, device),
        };
    }

    public static double[] ToDoubles(Tensor tensor) => tensor.DType switch
    {
        DType.Float32 => Array.ConvertAll(tensor.ToArray<float>(), x => (double)x),
        DType.Float64 => tensor.ToArray<double>(),
        DType.Int32 => Array.ConvertAll(tensor.ToArray<int>(), x => (double)x),
        DType.Int64 => Array.ConvertAll(tensor.ToArray<long>(), x => (double)x),
        DType.UInt8 => Array.ConvertAll(tensor.ToArray<byte>(), x => (double)x),
        DType.Bool => Array.ConvertAll(tensor.ToArray<bool>(), x => x ? 1.0 : 0.0),
        DType.Float16 => Array.ConvertAll(tensor.ToArray<Half>(), x => (double)x),
        _ => Array.ConvertAll(tensor.ToArray<BFloat16>(), x => (double)(float)x),
    };
}
