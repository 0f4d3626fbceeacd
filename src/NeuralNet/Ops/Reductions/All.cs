using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Tells whether all elements are true.</summary>
    /// <returns>A scalar of Bool; true for an empty tensor. Numbers count as true where they are not 0, NaN too.</returns>
    public Tensor All() => All([]);

    /// <summary>Tells whether all elements are true, along an axis.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <returns>A tensor of Bool; true where there are no elements.</returns>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    public Tensor All(int axis, bool keepDims = false) => All([axis], keepDims);

    /// <summary>Tells whether all elements are true, along several axes; all, if none is named.</summary>
    /// <inheritdoc cref="All(int, bool)"/>
    public Tensor All(ReadOnlySpan<int> axes, bool keepDims = false) =>
        Op.Apply(new AllOp(Axes.NormalizeAll(axes, Rank, nameof(All)), keepDims), Cast(DType.Bool));
}

internal sealed class AllOp(int[] axes, bool keepDims) : TruthReductionOp(axes, keepDims)
{
    protected override void Launch(IComputeBackend backend, View<byte> x, View<byte> y) => backend.Reduce(new Operator(), x, y);

    internal readonly struct Operator : IReductionOperator<byte, byte>
    {
        public byte Identity => 1;

        public byte Lift(byte x) => x;

        public byte Combine(byte a, byte b) => (byte)(a & b);
    }
}
