using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Adds up all elements.</summary>
    /// <returns>A scalar; Int64 for Bool and integers. 0 for an empty tensor.</returns>
    /// <remarks>∂y/∂x = 1. Partial sums are combined pairwise, so that the error grows with the logarithm of the length.</remarks>
    public Tensor Sum() => Sum([]);

    /// <summary>Adds up the elements along an axis.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    public Tensor Sum(int axis, bool keepDims = false) => Sum([axis], keepDims);

    /// <summary>Adds up the elements along several axes; all, if none is named.</summary>
    /// <inheritdoc cref="Sum(int, bool)"/>
    public Tensor Sum(ReadOnlySpan<int> axes, bool keepDims = false) =>
        Op.Apply(new SumOp(Axes.NormalizeAll(axes, Rank, nameof(Sum)), keepDims), this);

    /// <summary>Undoes broadcasting: adds up the axes along which a tensor of the given shape was repeated to make this one.</summary>
    internal Tensor SumTo(Shape shape)
    {
        if (Shape == shape)
            return this;
        int added = Rank - shape.Rank;
        List<int> axes = [.. Enumerable.Range(0, added)];
        for (int axis = added; axis < Rank; axis++)
        {
            if (shape.Span[axis - added] == 1 && Shape.Span[axis] != 1)
                axes.Add(axis);
        }
        Tensor sum = axes.Count == 0 ? this : Sum(axes.ToArray());
        return sum.Shape == shape ? sum : sum.Reshape(shape);
    }
}

internal sealed class SumOp(int[] axes, bool keepDims) : ReductionOp(axes, keepDims)
{
    protected override Saves Saves => Saves.None;

    protected override DType InferDType(Tensor x) => Require.Accumulated(this, x.DType);

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        Tensor x = inputs[0];
        switch (x.DType)
        {
            case DType.Float32: backend.Reduce(new Operator<float>(), x.View<float>(), KeptView<float>(output, x.Shape)); break;
            case DType.Float64: backend.Reduce(new Operator<double>(), x.View<double>(), KeptView<double>(output, x.Shape)); break;
            case DType.Int32: backend.Reduce(new IntegerOperator(), x.View<int>(), KeptView<long>(output, x.Shape)); break;
            case DType.Int64: backend.Reduce(new Operator<long>(), x.View<long>(), KeptView<long>(output, x.Shape)); break;
            default: backend.Reduce(new IntegerOperator(), x.View<byte>(), KeptView<long>(output, x.Shape)); break;
        }
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Shape shape = SavedInput(0).Shape;
        gradients[0] = WithKeptAxes(dy, shape).Expand(shape);
    }

    internal readonly struct Operator<T> : IReductionOperator<T, T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => true;

        public T Identity => Constants<T>.Zero;

        public T Lift(T x) => x;

        public T Combine(T a, T b) => a + b;

        public TVector Combine<TVector>(TVector a, TVector b)
            where TVector : struct, ISimd<TVector, T> => a + b;
    }

    internal readonly struct IntegerOperator : IReductionOperator<int, long>, IReductionOperator<byte, long>
    {
        public long Identity => 0;

        public long Lift(int x) => x;

        public long Lift(byte x) => x;

        public long Combine(long a, long b) => a + b;
    }
}
