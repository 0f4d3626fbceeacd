using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Finds the position of the largest of all elements, counted in logical order.</summary>
    /// <returns>A scalar of Int64; the first of several, the first NaN if there is one.</returns>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    public Tensor ArgMax() => Reshape(Length).ArgMax(0);

    /// <summary>Finds the position of the largest element along an axis.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <returns>A tensor of Int64; of several equal elements the first, and the first NaN if there is one.</returns>
    /// <remarks>No gradient flows through it.</remarks>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    public Tensor ArgMax(int axis, bool keepDims = false) =>
        Op.Apply(new ArgMaxOp(Axes.Normalize(axis, Rank, nameof(ArgMax)), keepDims), this);
}

internal sealed class ArgMaxOp(int axis, bool keepDims) : ArgReductionOp(axis, keepDims)
{
    protected override void Launch<T>(IComputeBackend backend, Tensor x, Tensor output) =>
        backend.ArgReduce(new Operator<T>(), x.View<T>(), ReducedAxes[0], KeptView<long>(output, x.Shape));

    /// <summary>Whether a later candidate beats the best so far: it is larger, or the first NaN.</summary>
    internal readonly struct Operator<T> : IComparisonOperator<T>
        where T : unmanaged, INumber<T>
    {
        public bool Invoke(T candidate, T best) => candidate > best || (T.IsNaN(candidate) && !T.IsNaN(best));
    }
}
