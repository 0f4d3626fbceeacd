using System.Numerics;

namespace NeuralNet.Backends.Cpu;

// Scaffolding while the kernels are written side by side; each file of kernels deletes its lines here, and the last one deletes the file.
internal sealed partial class CpuBackend
{
    public void Copy<T>(View<T> x, View<T> y) where T : unmanaged => throw new NotSupportedException();

    public void Fill<T>(T value, View<T> y) where T : unmanaged => throw new NotSupportedException();

    public void Unary<T, TOp>(TOp op, View<T> x, View<T> y)
        where T : unmanaged
        where TOp : struct, IUnaryOperator<T> => throw new NotSupportedException();

    public void Binary<T, TOp>(TOp op, View<T> a, View<T> b, View<T> y)
        where T : unmanaged
        where TOp : struct, IBinaryOperator<T> => throw new NotSupportedException();

    public void Compare<T, TOp>(TOp op, View<T> a, View<T> b, View<byte> y)
        where T : unmanaged
        where TOp : struct, IComparisonOperator<T> => throw new NotSupportedException();

    public void Select<T>(View<byte> condition, View<T> a, View<T> b, View<T> y)
        where T : unmanaged => throw new NotSupportedException();

    public void Convert<TFrom, TTo, TOp>(TOp op, View<TFrom> x, View<TTo> y)
        where TFrom : unmanaged
        where TTo : unmanaged
        where TOp : struct, IConversionOperator<TFrom, TTo> => throw new NotSupportedException();

    public void Sequence<T>(T start, T step, View<T> y)
        where T : unmanaged, INumber<T> => throw new NotSupportedException();

    public void Reduce<T, TAcc, TOp>(TOp op, View<T> x, View<TAcc> y)
        where T : unmanaged
        where TAcc : unmanaged
        where TOp : struct, IReductionOperator<T, TAcc> => throw new NotSupportedException();

    public void ArgReduce<T, TOp>(TOp op, View<T> x, int axis, View<long> y)
        where T : unmanaged
        where TOp : struct, IComparisonOperator<T> => throw new NotSupportedException();

    public void MatMul<T>(View<T> a, View<T> b, View<T> c, in MatMulEpilogue<T> epilogue)
        where T : unmanaged, IFloatingPointIeee754<T> => throw new NotSupportedException();

    public void Gather<T>(View<T> x, View<long> index, int axis, View<T> y)
        where T : unmanaged => throw new NotSupportedException();

    public void ScatterAdd<T>(View<T> y, View<long> index, int axis, View<T> updates)
        where T : unmanaged, INumber<T> => throw new NotSupportedException();

    public long FindOutOfRange(View<long> index, long limit) => throw new NotSupportedException();
}
