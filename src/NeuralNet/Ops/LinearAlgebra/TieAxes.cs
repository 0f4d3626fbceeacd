using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>The view in which some axes are walked together, as the i of x[i, j, i]: a diagonal.</summary>
    /// <param name="targets">For each axis, that of the result which it becomes; axes with one target have one size.</param>
    internal Tensor TieAxes(int[] targets) => Op.Apply(new TieAxesOp(targets), this);
}

internal sealed class TieAxesOp(int[] targets) : ViewOp
{
    /// <summary>The layout with axes tied: one step along the result's axis is a step along each of them.</summary>
    public static Layout Tie(Layout x, int[] targets)
    {
        int rank = targets.Length == 0 ? 0 : targets.Max() + 1;
        long[] sizes = new long[rank];
        long[] strides = new long[rank];
        for (int axis = 0; axis < targets.Length; axis++)
        {
            sizes[targets[axis]] = x.Sizes[axis];
            strides[targets[axis]] += x.Strides[axis];
        }
        return new(Shape.OfChecked(sizes), strides, x.Offset);
    }

    protected override Layout View(Layout x) => Tie(x, targets);

    protected override Tensor Backward(Tensor dy, Shape shape) => Op.Apply(new TieAxesGradOp(targets, shape), dy);
}

/// <summary>Puts a tensor on the diagonal of zeros of a shape: the adjoint of tying axes.</summary>
internal sealed class TieAxesGradOp(int[] targets, Shape shape) : Op
{
    protected override Saves Saves => Saves.None;

    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs) => new(Layout.Contiguous(shape), inputs[0].DType);

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        DataMovement.Clear(backend, output);
        DataMovement.Copy(backend, inputs[0], inputs[0].Layout, output, TieAxesOp.Tie(output.Layout, targets));
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients) => gradients[0] = Op.Apply(new TieAxesOp(targets), dy);
}
