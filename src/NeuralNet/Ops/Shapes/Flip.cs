using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Reverses the order of the elements along axes.</summary>
    /// <param name="axes">The axes, all if none is named; negative ones count from the end.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ShapeException">An axis is out of range, or named twice.</exception>
    public Tensor Flip(params ReadOnlySpan<int> axes)
    {
        Tensor y = this;
        foreach (int axis in Axes.NormalizeAll(axes, Rank, nameof(Flip)))
            y = Op.Apply(new FlipOp(axis), y);
        return ReferenceEquals(y, this) ? Unchanged() : y;
    }
}

internal sealed class FlipOp(int axis) : Op
{
    protected override Saves Saves => Saves.None;

    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs) => new(Layout.Contiguous(inputs[0].Shape), inputs[0].DType);

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (output.DType.SizeOf())
        {
            case 4: Launch<uint>(backend, inputs[0], output); break;
            case 8: Launch<ulong>(backend, inputs[0], output); break;
            case 2: Launch<ushort>(backend, inputs[0], output); break;
            default: Launch<byte>(backend, inputs[0], output); break;
        }
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients) => gradients[0] = Op.Apply(new FlipOp(axis), dy);

    private void Launch<T>(IComputeBackend backend, Tensor x, Tensor y)
        where T : unmanaged
    {
        // Strides are never negative, so the reversed positions are gathered.
        long[] along = new long[x.Rank];
        along.AsSpan().Fill(1);
        along[axis] = x.Shape.Span[axis];
        using Scratch<long> positions = new(backend, Layout.Contiguous(Shape.OfChecked(along)));
        backend.Sequence(along[axis] - 1, -1, positions.View);
        backend.Gather(x.View<T>(), positions.View.With(positions.View.Layout.Expand(x.Shape)), axis, y.View<T>());
    }
}
