using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Finds the smallest of all elements.</summary>
    /// <returns>A scalar; NaN if any element is.</returns>
    /// <remarks>The gradient goes to the smallest element, in equal shares to several of them.</remarks>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    public Tensor Min() => Min([]);

    /// <summary>Finds the smallest element along an axis.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    public Tensor Min(int axis, bool keepDims = false) => Min([axis], keepDims);

    /// <summary>Finds the smallest element along several axes; all, if none is named.</summary>
    /// <inheritdoc cref="Min(int, bool)"/>
    public Tensor Min(ReadOnlySpan<int> axes, bool keepDims = false) =>
        Op.Apply(new MinOp(Axes.NormalizeAll(axes, Rank, nameof(Min)), keepDims), this);
}

internal sealed class MinOp(int[] axes, bool keepDims) : ExtremumOp(axes, keepDims)
{
    protected override void Launch<T>(IComputeBackend backend, Tensor x, Tensor output) =>
        backend.Reduce(new Operator<T>(), x.View<T>(), KeptView<T>(output, x.Shape));

    internal readonly struct Operator<T> : IReductionOperator<T, T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => true;

        public T Identity => Constants<T>.Highest;

        public T Lift(T x) => x;

        public T Combine(T a, T b) => a < b || T.IsNaN(a) ? a : b;

        public TVector Combine<TVector>(TVector a, TVector b)
            where TVector : struct, ISimd<TVector, T> => new MinimumOp.Operator<T>().Invoke(a, b);
    }
}
