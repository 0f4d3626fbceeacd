using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the cross-entropy of classes, from logits: what a softmax would be applied to.</summary>
    /// <param name="target">The class numbers, of Int64 or Int32, of this tensor's shape without the class axis.</param>
    /// <param name="axis">The axis of the classes; negative ones count from the end.</param>
    /// <param name="ignoreIndex">The class number of targets whose loss and gradient are 0.</param>
    /// <returns>The losses, one for each target.</returns>
    /// <remarks>ℓ = ln Σ eˣ − x[target], dx = softmax(x) − 1 at the target. <see cref="NeuralNet.CrossEntropy"/> is the loss made of it,
    /// with weights and smoothing.</remarks>
    /// <exception cref="ShapeException">The axis is out of range, or the shapes do not fit.</exception>
    /// <exception cref="DTypeException">The tensor is not of floating point, or the target neither Int64 nor Int32.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class number is out of range.</exception>
    public Tensor CrossEntropy(Tensor target, int axis = 1, long ignoreIndex = -100)
    {
        axis = Axes.Normalize(axis, Rank, nameof(CrossEntropy));
        target = Require.Index(nameof(CrossEntropy), target);
        Shape shape = Shape.Without([axis]);
        if (target.Shape != shape)
            throw new ShapeException($"{nameof(CrossEntropy)}: logits {Shape} with classes on axis {axis}, and class numbers {target.Shape} "
                + $"do not fit. Give class numbers of {shape}.");
        Indices.RequireInRange(nameof(CrossEntropy), target, Shape.Span[axis], ignoreIndex);
        return CrossEntropyOfChecked(target, axis, ignoreIndex);
    }

    /// <summary>The losses of class numbers of Int64 and of the right shape, which are known to be in range.</summary>
    internal Tensor CrossEntropyOfChecked(Tensor target, int axis, long ignoreIndex) =>
        Op.Apply(new CrossEntropyOp(axis, ignoreIndex), this, target);
}

/// <summary>The losses; they and the targets lack the axis of the classes.</summary>
internal sealed class CrossEntropyOp(int axis, long ignoreIndex) : Op
{
    protected override Saves Saves => Saves.First | Saves.Second;

    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        Require.FloatingPoint(this, inputs[0].DType);
        return new(Layout.Contiguous(inputs[1].Shape), inputs[0].DType);
    }

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
            Launch(backend, inputs[0].View<float>(), Rows.Each<long>(inputs[1], axis), Rows.Each<float>(output, axis));
        else
            Launch(backend, inputs[0].View<double>(), Rows.Each<long>(inputs[1], axis), Rows.Each<double>(output, axis));
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients) =>
        gradients[0] = Op.Apply(new CrossEntropyGradOp(axis, ignoreIndex), dy, SavedInput(0), SavedInput(1));

    private void Launch<T>(IComputeBackend backend, View<T> x, View<long> target, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Rows.Fused(backend, axis, x.Layout) is { } fused)
        {
            fused.CrossEntropy(x, axis, target, ignoreIndex, y);
            return;
        }
        using Scratch<T> logarithms = new(backend, x.Layout.DenseLike());
        using Targets targets = new(backend, target, ignoreIndex);
        LogSoftmaxOp.Compose(backend, x, axis, logarithms.View);
        backend.Gather(logarithms.View, targets.Safe, axis, y);
        backend.Unary(new NegateOp.Operator<T>(), y, y);
        targets.Clear(backend, y);
    }
}

/// <summary>dx = dy·(softmax(x) − 1 at the target); 0 where the target is ignored. dy and the targets lack the axis of the classes.</summary>
internal sealed class CrossEntropyGradOp(int axis, long ignoreIndex) : Op
{
    protected override Saves Saves => Saves.Inputs;

    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        Require.FloatingPoint(this, Require.SameDType(this, inputs[0], inputs[1]));
        Require.Index(this, inputs[2]);
        Shape shape = inputs[1].Shape.Without(axis);
        if (inputs[0].Shape != shape || inputs[2].Shape != shape)
            throw new ShapeException($"{Name}: logits {inputs[1].Shape} with classes on axis {axis}, gradients {inputs[0].Shape} and class "
                + $"numbers {inputs[2].Shape} do not fit. Give both the shape {shape}.");
        return new(inputs[1].Layout.DenseLike(), inputs[1].DType);
    }

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
            Launch<float>(backend, inputs, output);
        else
            Launch<double>(backend, inputs, output);
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Tensor target = SavedInput(2);
        Tensor isIgnored = target.Equal(ignoreIndex);
        Shape kept = dy.Shape.With(axis, 1);
        Tensor probabilities = SavedInput(1).Softmax(axis);
        Tensor mean = (dy * probabilities).Sum(axis);
        if (NeedsGradient(0))
        {
            Tensor atTarget = dy.Gather(axis, Tensor.Where(isIgnored, 0, target).Reshape(kept)).Reshape(target.Shape);
            gradients[0] = Tensor.Where(isIgnored, 0, mean - atTarget);
        }
        if (NeedsGradient(1))
            gradients[1] = Tensor.Where(isIgnored, 0, SavedInput(0)).Reshape(kept) * probabilities * (dy - mean.Reshape(kept));
    }

    private void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Launch(backend, Rows.Each<T>(inputs[0], axis), inputs[1].View<T>(), Rows.Each<long>(inputs[2], axis), output.View<T>());

    private void Launch<T>(IComputeBackend backend, View<T> dy, View<T> x, View<long> target, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Rows.Fused(backend, axis, x.Layout, dx.Layout) is { } fused)
        {
            fused.CrossEntropyGradient(x, axis, target, ignoreIndex, dy, dx);
            return;
        }
        using Scratch<T> updates = new(backend, target.Layout.DenseLike());
        using Targets targets = new(backend, target, ignoreIndex);
        SoftmaxOp.Compose(backend, x, axis, dx);
        backend.Copy(dy, updates.View);
        targets.Clear(backend, updates.View);
        backend.Binary(new MultiplyOp.Operator<T>(), dx, updates.View.With(updates.View.Layout.Expand(dx.Layout.Shape)), dx);
        // Not a factor of 0 but 0: what is ignored may be infinite.
        targets.Clear(backend, dx);
        backend.Unary(new NegateOp.Operator<T>(), updates.View, updates.View);
        backend.ScatterAdd(dx, targets.Safe, axis, updates.View);
    }
}

/// <summary>Class numbers with 0 in the place of those to ignore.</summary>
internal readonly ref struct Targets : IDisposable
{
    private readonly Scratch<byte> _isIgnored;
    private readonly Scratch<long> _safe;

    public Targets(IComputeBackend backend, View<long> target, long ignoreIndex)
    {
        Layout layout = target.Layout.DenseLike();
        _isIgnored = new(backend, layout);
        _safe = new(backend, layout);
        backend.Fill(ignoreIndex, _safe.View);
        backend.Compare(new EqualOp.Operator<long>(), target, _safe.View, _isIgnored.View);
        backend.Fill(0L, _safe.View);
        backend.Select(_isIgnored.View, _safe.View, target, _safe.View);
    }

    public View<long> Safe => _safe.View;

    /// <summary>Sets to 0 what belongs to a target that is ignored.</summary>
    public void Clear<T>(IComputeBackend backend, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using Scratch<T> zero = new(backend, Layout.Contiguous([]));
        backend.Fill(T.Zero, zero.View);
        View<byte> isIgnored = _isIgnored.View.With(_isIgnored.View.Layout.Expand(y.Layout.Shape));
        backend.Select(isIgnored, zero.View.With(zero.View.Layout.Expand(y.Layout.Shape)), y, y);
    }

    public void Dispose()
    {
        _isIgnored.Dispose();
        _safe.Dispose();
    }
}
