using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Converts the elements to another dtype.</summary>
    /// <returns>A tensor of the same shape; this one if it has the dtype already.</returns>
    /// <remarks>
    /// Fractions are cut off towards zero; Bool is whether the number is not 0 (NaN is true), and becomes 0 or 1. The gradient is cast
    /// back; none flows through integers.
    /// </remarks>
    public Tensor Cast(DType dtype) => dtype == DType ? Unchanged() : Op.Apply(new CastOp(dtype), this);
}

internal sealed class CastOp(DType dtype) : Op
{
    protected override Saves Saves => Saves.None;

    protected override bool IsDifferentiable => dtype.IsFloatingPoint();

    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs) => new(inputs[0].Layout.DenseLike(), dtype);

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (dtype)
        {
            case DType.Float32: Convert<float, ToFloat32>(backend, inputs[0], output); break;
            case DType.Float64: Convert<double, ToFloat64>(backend, inputs[0], output); break;
            case DType.Int32: Convert<int, ToInt32>(backend, inputs[0], output); break;
            case DType.Int64: Convert<long, ToInt64>(backend, inputs[0], output); break;
            case DType.UInt8: Convert<byte, ToUInt8>(backend, inputs[0], output); break;
            case DType.Bool: Convert<byte, ToBool>(backend, inputs[0], output); break;
            case DType.Float16: Convert<Half, ToFloat16>(backend, inputs[0], output); break;
            default: Convert<BFloat16, ToBFloat16>(backend, inputs[0], output); break;
        }
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients) => gradients[0] = dy.Cast(SavedInput(0).DType);

    private static void Convert<TTo, TOp>(IComputeBackend backend, Tensor x, Tensor y)
        where TTo : unmanaged
        where TOp : struct, IConversionOperator<float, TTo>, IConversionOperator<double, TTo>, IConversionOperator<int, TTo>,
            IConversionOperator<long, TTo>, IConversionOperator<byte, TTo>, IConversionOperator<Half, TTo>,
            IConversionOperator<BFloat16, TTo>
    {
        View<TTo> to = y.View<TTo>();
        switch (x.DType)
        {
            case DType.Float32: backend.Convert<float, TTo, TOp>(default, x.View<float>(), to); break;
            case DType.Float64: backend.Convert<double, TTo, TOp>(default, x.View<double>(), to); break;
            case DType.Int32: backend.Convert<int, TTo, TOp>(default, x.View<int>(), to); break;
            case DType.Int64: backend.Convert<long, TTo, TOp>(default, x.View<long>(), to); break;
            case DType.Bool or DType.UInt8: backend.Convert<byte, TTo, TOp>(default, x.View<byte>(), to); break;
            case DType.Float16: backend.Convert<Half, TTo, TOp>(default, x.View<Half>(), to); break;
            default: backend.Convert<BFloat16, TTo, TOp>(default, x.View<BFloat16>(), to); break;
        }
    }

    internal readonly struct ToFloat32 :
        IConversionOperator<float, float>, IConversionOperator<double, float>, IConversionOperator<int, float>,
        IConversionOperator<long, float>,
        IConversionOperator<byte, float>, IConversionOperator<Half, float>, IConversionOperator<BFloat16, float>
    {
        public static bool IsCast => true;

        public float Invoke(float x) => x;

        public float Invoke(double x) => (float)x;

        public float Invoke(int x) => (float)x;

        public float Invoke(long x) => (float)x;

        public float Invoke(byte x) => x;

        public float Invoke(Half x) => (float)x;

        public float Invoke(BFloat16 x) => x;
    }

    internal readonly struct ToFloat64 :
        IConversionOperator<float, double>, IConversionOperator<double, double>, IConversionOperator<int, double>,
        IConversionOperator<long, double>,
        IConversionOperator<byte, double>, IConversionOperator<Half, double>, IConversionOperator<BFloat16, double>
    {
        public static bool IsCast => true;

        public double Invoke(float x) => x;

        public double Invoke(double x) => x;

        public double Invoke(int x) => x;

        public double Invoke(long x) => (double)x;

        public double Invoke(byte x) => x;

        public double Invoke(Half x) => (double)x;

        public double Invoke(BFloat16 x) => (float)x;
    }

    internal readonly struct ToInt32 :
        IConversionOperator<float, int>, IConversionOperator<double, int>, IConversionOperator<int, int>, IConversionOperator<long, int>,
        IConversionOperator<byte, int>, IConversionOperator<Half, int>, IConversionOperator<BFloat16, int>
    {
        public static bool IsCast => true;

        public int Invoke(float x) => (int)x;

        public int Invoke(double x) => (int)x;

        public int Invoke(int x) => x;

        public int Invoke(long x) => (int)x;

        public int Invoke(byte x) => x;

        public int Invoke(Half x) => (int)x;

        public int Invoke(BFloat16 x) => (int)(float)x;
    }

    internal readonly struct ToInt64 :
        IConversionOperator<float, long>, IConversionOperator<double, long>, IConversionOperator<int, long>,
        IConversionOperator<long, long>,
        IConversionOperator<byte, long>, IConversionOperator<Half, long>, IConversionOperator<BFloat16, long>
    {
        public static bool IsCast => true;

        public long Invoke(float x) => (long)x;

        public long Invoke(double x) => (long)x;

        public long Invoke(int x) => x;

        public long Invoke(long x) => x;

        public long Invoke(byte x) => x;

        public long Invoke(Half x) => (long)x;

        public long Invoke(BFloat16 x) => (long)(float)x;
    }

    internal readonly struct ToUInt8 :
        IConversionOperator<float, byte>, IConversionOperator<double, byte>, IConversionOperator<int, byte>,
        IConversionOperator<long, byte>,
        IConversionOperator<byte, byte>, IConversionOperator<Half, byte>, IConversionOperator<BFloat16, byte>
    {
        public static bool IsCast => true;

        public byte Invoke(float x) => (byte)x;

        public byte Invoke(double x) => (byte)x;

        public byte Invoke(int x) => (byte)x;

        public byte Invoke(long x) => (byte)x;

        public byte Invoke(byte x) => x;

        public byte Invoke(Half x) => (byte)x;

        public byte Invoke(BFloat16 x) => (byte)(float)x;
    }

    internal readonly struct ToBool :
        IConversionOperator<float, byte>, IConversionOperator<double, byte>, IConversionOperator<int, byte>,
        IConversionOperator<long, byte>,
        IConversionOperator<byte, byte>, IConversionOperator<Half, byte>, IConversionOperator<BFloat16, byte>
    {
        public byte Invoke(float x) => x != 0 ? (byte)1 : (byte)0;

        public byte Invoke(double x) => x != 0 ? (byte)1 : (byte)0;

        public byte Invoke(int x) => x != 0 ? (byte)1 : (byte)0;

        public byte Invoke(long x) => x != 0 ? (byte)1 : (byte)0;

        public byte Invoke(byte x) => x != 0 ? (byte)1 : (byte)0;

        public byte Invoke(Half x) => (float)x != 0 ? (byte)1 : (byte)0;

        public byte Invoke(BFloat16 x) => (float)x != 0 ? (byte)1 : (byte)0;
    }

    internal readonly struct ToFloat16 :
        IConversionOperator<float, Half>, IConversionOperator<double, Half>, IConversionOperator<int, Half>,
        IConversionOperator<long, Half>,
        IConversionOperator<byte, Half>, IConversionOperator<Half, Half>, IConversionOperator<BFloat16, Half>
    {
        public static bool IsCast => true;

        public Half Invoke(float x) => (Half)x;

        public Half Invoke(double x) => (Half)x;

        public Half Invoke(int x) => (Half)x;

        public Half Invoke(long x) => (Half)x;

        public Half Invoke(byte x) => (Half)x;

        public Half Invoke(Half x) => x;

        public Half Invoke(BFloat16 x) => (Half)(float)x;
    }

    internal readonly struct ToBFloat16 :
        IConversionOperator<float, BFloat16>, IConversionOperator<double, BFloat16>, IConversionOperator<int, BFloat16>,
        IConversionOperator<long, BFloat16>,
        IConversionOperator<byte, BFloat16>, IConversionOperator<Half, BFloat16>, IConversionOperator<BFloat16, BFloat16>
    {
        public static bool IsCast => true;

        public BFloat16 Invoke(float x) => (BFloat16)x;

        public BFloat16 Invoke(double x) => (BFloat16)(float)x;

        public BFloat16 Invoke(int x) => (BFloat16)(float)x;

        public BFloat16 Invoke(long x) => (BFloat16)(float)x;

        public BFloat16 Invoke(byte x) => (BFloat16)(float)x;

        public BFloat16 Invoke(Half x) => (BFloat16)(float)x;

        public BFloat16 Invoke(BFloat16 x) => x;
    }
}
