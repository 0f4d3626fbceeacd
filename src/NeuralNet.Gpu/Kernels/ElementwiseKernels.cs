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
}
