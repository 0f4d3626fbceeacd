using System.Numerics;
using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>Device code of <see cref="IElementwiseKernels"/>. Every operand has its own strides over the common shape.</summary>
internal static class ElementwiseKernels
{
    public static void Unary<T, TOp>(
        TOp op,
        DeviceShape shape,
        ArrayView<T> x,
        DeviceStrides xStrides,
        ArrayView<T> y,
        DeviceStrides yStrides)
        where T : unmanaged
        where TOp : struct, IUnaryOperator<T>
    {
        for (long i = GridLoop.Start; i < shape.Length; i += GridLoop.Step)
        {
            DevicePosition position = shape.Locate(i);
            y[yStrides.At(position)] = op.Invoke(x[xStrides.At(position)]);
        }
    }

    public static void Binary<T, TOp>(
        TOp op,
        DeviceShape shape,
        ArrayView<T> a,
        DeviceStrides aStrides,
        ArrayView<T> b,
        DeviceStrides bStrides,
        ArrayView<T> y,
        DeviceStrides yStrides)
        where T : unmanaged
        where TOp : struct, IBinaryOperator<T>
    {
        for (long i = GridLoop.Start; i < shape.Length; i += GridLoop.Step)
        {
            DevicePosition position = shape.Locate(i);
            y[yStrides.At(position)] = op.Invoke(a[aStrides.At(position)], b[bStrides.At(position)]);
        }
    }

    public static void Compare<T, TOp>(
        TOp op,
        DeviceShape shape,
        ArrayView<T> a,
        DeviceStrides aStrides,
        ArrayView<T> b,
        DeviceStrides bStrides,
        ArrayView<byte> y,
        DeviceStrides yStrides)
        where T : unmanaged
        where TOp : struct, IComparisonOperator<T>
    {
        for (long i = GridLoop.Start; i < shape.Length; i += GridLoop.Step)
        {
            DevicePosition position = shape.Locate(i);
            y[yStrides.At(position)] = op.Invoke(a[aStrides.At(position)], b[bStrides.At(position)]) ? (byte)1 : (byte)0;
        }
    }

    public static void Select<T>(
        DeviceShape shape,
        ArrayView<byte> condition,
        DeviceStrides conditionStrides,
        ArrayView<T> a,
        DeviceStrides aStrides,
        ArrayView<T> b,
        DeviceStrides bStrides,
        ArrayView<T> y,
        DeviceStrides yStrides)
        where T : unmanaged
    {
        for (long i = GridLoop.Start; i < shape.Length; i += GridLoop.Step)
        {
            DevicePosition position = shape.Locate(i);
            bool takesFirst = condition[conditionStrides.At(position)] != 0;
            y[yStrides.At(position)] = takesFirst ? a[aStrides.At(position)] : b[bStrides.At(position)];
        }
    }

    public static void SelectScaled<T>(
        DeviceShape shape,
        ArrayView<byte> condition,
        DeviceStrides conditionStrides,
        ArrayView<T> x,
        DeviceStrides xStrides,
        T scale,
        ArrayView<T> y,
        DeviceStrides yStrides)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long i = GridLoop.Start; i < shape.Length; i += GridLoop.Step)
        {
            DevicePosition position = shape.Locate(i);
            bool isKept = condition[conditionStrides.At(position)] != 0;
            y[yStrides.At(position)] = isKept ? x[xStrides.At(position)] * scale : T.Zero;
        }
    }

    public static void Convert<TFrom, TTo, TOp>(
        TOp op,
        DeviceShape shape,
        ArrayView<TFrom> x,
        DeviceStrides xStrides,
        ArrayView<TTo> y,
        DeviceStrides yStrides)
        where TFrom : unmanaged
        where TTo : unmanaged
        where TOp : struct, IConversionOperator<TFrom, TTo>
    {
        for (long i = GridLoop.Start; i < shape.Length; i += GridLoop.Step)
        {
            DevicePosition position = shape.Locate(i);
            y[yStrides.At(position)] = op.Invoke(x[xStrides.At(position)]);
        }
    }

    public static void SequenceOfSingles(float start, float step, DeviceShape shape, ArrayView<float> y, DeviceStrides yStrides)
    {
        for (long i = GridLoop.Start; i < shape.Length; i += GridLoop.Step)
            y[yStrides.At(shape.Locate(i))] = start + step * (float)i;
    }

    public static void SequenceOfDoubles(double start, double step, DeviceShape shape, ArrayView<double> y, DeviceStrides yStrides)
    {
        for (long i = GridLoop.Start; i < shape.Length; i += GridLoop.Step)
            y[yStrides.At(shape.Locate(i))] = start + step * (double)i;
    }

    public static void SequenceOfInt32s(int start, int step, DeviceShape shape, ArrayView<int> y, DeviceStrides yStrides)
    {
        for (long i = GridLoop.Start; i < shape.Length; i += GridLoop.Step)
            y[yStrides.At(shape.Locate(i))] = start + step * (int)i;
    }

    public static void SequenceOfInt64s(long start, long step, DeviceShape shape, ArrayView<long> y, DeviceStrides yStrides)
    {
        for (long i = GridLoop.Start; i < shape.Length; i += GridLoop.Step)
            y[yStrides.At(shape.Locate(i))] = start + step * i;
    }

    public static void SequenceOfBytes(byte start, byte step, DeviceShape shape, ArrayView<byte> y, DeviceStrides yStrides)
    {
        for (long i = GridLoop.Start; i < shape.Length; i += GridLoop.Step)
            y[yStrides.At(shape.Locate(i))] = (byte)(start + step * i);
    }
}
