using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Finds the largest of all elements.</summary>
    /// <returns>A scalar; NaN if any element is.</returns>
    /// <remarks>The gradient goes to the largest element, in equal shares to several of them.</remarks>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    public Tensor Max() => Max([]);

    /// <summary>Finds the largest element along an axis.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    public Tensor Max(int axis, bool keepDims = false) => Max([axis], keepDims);

    /// <summary>Finds the largest element along several axes; all, if none is named.</summary>
    /// <inheritdoc cref="Max(int, bool)"/>
    public Tensor Max(ReadOnlySpan<int> axes, bool keepDims = false) =>
        Op.Apply(new MaxOp(Axes.NormalizeAll(axes, Rank, nameof(Max)), keepDims), this);
}

internal sealed class MaxOp(int[] axes, bool keepDims) : ExtremumOp(axes, keepDims)
{
    protected override void Launch<T>(IComputeBackend backend, Tensor x, Tensor output) =>
        backend.Reduce(new Operator<T>(), x.View<T>(), KeptView<T>(output, x.Shape));

    internal readonly struct Operator<T> : IReductionOperator<T, T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => true;

        public T Identity => Constants<T>.Lowest;

        public T Lift(T x) => x;

        public T Combine(T a, T b) => a > b || T.IsNaN(a) ? a : b;

        public TVector Combine<TVector>(TVector a, TVector b)
            where TVector : struct, ISimd<TVector, T> => new MaximumOp.Operator<T>().Invoke(a, b);
    }
}
