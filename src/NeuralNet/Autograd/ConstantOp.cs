namespace NeuralNet;

/// <summary>An operation that no gradient flows through, because its result is piecewise constant or an index.</summary>
internal abstract class ConstantOp : Op
{
    protected sealed override Saves Saves => Saves.None;

    protected sealed override bool IsDifferentiable => false;

    protected sealed override void Propagate(Tensor dy, Span<Tensor?> gradients) =>
        throw new System.Diagnostics.UnreachableException();
}
