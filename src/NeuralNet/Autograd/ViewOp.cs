using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>An operation whose result is another view of its input's memory.</summary>
internal abstract class ViewOp : Op
{
    protected sealed override Saves Saves => Saves.None;

    protected sealed override Tensor Execute(Device device, ReadOnlySpan<Tensor> inputs) => inputs[0].Alias(View(inputs[0].Layout));

    protected sealed override OutputInfo Infer(ReadOnlySpan<Tensor> inputs) => new(View(inputs[0].Layout), inputs[0].DType);

    protected sealed override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) =>
        throw new System.Diagnostics.UnreachableException();

    protected sealed override void Propagate(Tensor dy, Span<Tensor?> gradients) => gradients[0] = Backward(dy, SavedInput(0).Shape);

    /// <summary>Where the result's elements lie.</summary>
    protected abstract Layout View(Layout x);

    /// <summary>The gradient of an input of the given shape.</summary>
    protected abstract Tensor Backward(Tensor dy, Shape shape);
}
