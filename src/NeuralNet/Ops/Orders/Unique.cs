namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Finds the distinct elements.</summary>
    /// <returns>The elements in ascending order, a vector; for each element of this tensor the position of its equal there, of Int64 and of this
    /// tensor's shape; and how often each occurs, of Int64. Every NaN is distinct.</returns>
    /// <remarks>No gradient flows through it.</remarks>
    /// <exception cref="DeviceException">The tensor is on <see cref="Device.Meta"/>: the size depends on its elements.</exception>
    /// <exception cref="DTypeException">The tensor is of a storage dtype.</exception>
    public (Tensor Values, Tensor Inverse, Tensor Counts) Unique()
    {
        if (Device.IsMeta)
            throw new DeviceException("Unique: a tensor on meta has no elements, which the size depends on. Create it on a device.");
        (Tensor sorted, Tensor order) = Detach().Reshape(Length).Sort();
        if (Length == 0)
            return (sorted, Zeros(Shape, DType.Int64, Device), Zeros(new Shape(0), DType.Int64, Device));
        Tensor first = Ones(new Shape(1), DType.Bool, Device);
        Tensor isStart = Concat([first, sorted[1..].NotEqual(sorted[..^1])]);
        Tensor numbers = isStart.CumSum(0) - 1;
        Tensor starts = isStart.Nonzero().Reshape(-1);
        Tensor ends = Concat([starts[1..], Full(new Shape(1), Length, DType.Int64, Device)]);
        Tensor inverse = Zeros(new Shape(Length), DType.Int64, Device).ScatterAdd(0, order, numbers);
        return (sorted.IndexSelect(0, starts), inverse.Reshape(Shape), ends - starts);
    }
}
