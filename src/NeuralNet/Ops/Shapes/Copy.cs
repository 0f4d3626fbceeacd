using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Copies the data into a tensor of its own, in the same order of axes in memory. Gradients flow through.</summary>
    public Tensor Clone() => Op.Apply(new CopyOp(Layout.DenseLike()), this);

    /// <summary>Makes the elements lie one after the other in logical (row-major) order.</summary>
    /// <returns>This tensor if they do already, else a copy.</returns>
    public Tensor Contiguous() => IsContiguous ? Unchanged() : Op.Apply(new CopyOp(Layout.Contiguous(Shape)), this);
}

internal sealed class CopyOp(Layout layout) : Op
{
    protected override Saves Saves => Saves.None;

    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs) => new(layout, inputs[0].DType);

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) =>
        DataMovement.Copy(backend, inputs[0], inputs[0].Layout, output, output.Layout);

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients) => gradients[0] = dy;
}
