using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Tells whether any element is true.</summary>
    /// <returns>A scalar of Bool; false for an empty tensor. Numbers count as true where they are not 0, NaN too.</returns>
    public Tensor Any() => Any([]);

    /// <summary>Tells whether any element is true, along an axis.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <returns>A tensor of Bool; false where there are no elements.</returns>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    public Tensor Any(int axis, bool keepDims = false) => Any([axis], keepDims);

    /// <summary>Tells whether any element is true, along several axes; all, if none is named.</summary>
    /// <inheritdoc cref="Any(int, bool)"/>
    public Tensor Any(ReadOnlySpan<int> axes, bool keepDims = false) =>
        Op.Apply(new AnyOp(Axes.NormalizeAll(axes, Rank, nameof(Any)), keepDims), Cast(DType.Bool));
}

internal sealed class AnyOp(int[] axes, bool keepDims) : TruthReductionOp(axes, keepDims)
{
    protected override void Launch(IComputeBackend backend, View<byte> x, View<byte> y) => backend.Reduce(new Operator(), x, y);

    internal readonly struct Operator : IReductionOperator<byte, byte>
    {
        public byte Identity => 0;

        public byte Lift(byte x) => x;

        public byte Combine(byte a, byte b) => (byte)(a | b);
    }
}
