using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Takes elements of one tensor where a condition holds and of another elsewhere, all broadcast.</summary>
    /// <param name="condition">The condition, of Bool.</param>
    /// <param name="a">What is taken where it holds.</param>
    /// <param name="b">What is taken elsewhere, of the same dtype.</param>
    /// <returns>A tensor of the common shape.</returns>
    /// <remarks>The gradient goes to the element taken; a NaN in the one not taken touches neither value nor gradient.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The condition is not of Bool, or a and b differ in dtype.</exception>
    public static Tensor Where(Tensor condition, Tensor a, Tensor b) => Op.Apply(new WhereOp(), condition, a, b);

    /// <inheritdoc cref="Where(Tensor, Tensor, Tensor)"/>
    public static Tensor Where(Tensor condition, Scalar a, Tensor b) => Where(condition, OfScalar(a, b), b);

    /// <inheritdoc cref="Where(Tensor, Tensor, Tensor)"/>
    public static Tensor Where(Tensor condition, Tensor a, Scalar b) => Where(condition, a, OfScalar(b, a));
}

internal sealed class WhereOp : Op
{
    protected override Saves Saves => Saves.First;

    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        Require.Bool(this, inputs[0]);
        DType dtype = Require.SameDType(this, inputs[1], inputs[2]);
        Layout layout = Broadcast.OutputLayout(this, inputs[1], inputs[2]);
        Shape shape = Broadcast.CommonShape(this, inputs[0].Shape, layout.Shape);
        return new(shape == layout.Shape ? layout : Layout.Contiguous(shape), dtype);
    }

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (output.DType.SizeOf())
        {
            case 4: Launch<uint>(backend, inputs, output); break;
            case 8: Launch<ulong>(backend, inputs, output); break;
            case 2: Launch<ushort>(backend, inputs, output); break;
            default: Launch<byte>(backend, inputs, output); break;
        }
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Tensor condition = SavedInput(0);
        gradients[1] = NeedsGradient(1) ? Tensor.Where(condition, dy, 0) : null;
        gradients[2] = NeedsGradient(2) ? Tensor.Where(condition, 0, dy) : null;
    }

    private static void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged =>
        backend.Select(
            inputs[0].View<byte>(inputs[0].Layout.ExpandTo(output.Layout)),
            inputs[1].View<T>(inputs[1].Layout.ExpandTo(output.Layout)),
            inputs[2].View<T>(inputs[2].Layout.ExpandTo(output.Layout)),
            output.View<T>());
}
