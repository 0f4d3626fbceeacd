using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Turns the numbers along an axis into probabilities: positive, with sum 1.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = e^(x−m)/Σ e^(x−m) with m = max x; dx = y·(dy − Σ dy·y). A row of −∞ alone gives NaN.</remarks>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Softmax(int axis) => Op.Apply(new SoftmaxOp(Axes.Normalize(axis, Rank, nameof(Softmax))), this);
}

internal sealed class SoftmaxOp(int axis) : FloatingUnaryOp
{
    protected override Saves Saves => Saves.Output;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y)
    {
        if (Rows.Fused(backend, axis, x.Layout, y.Layout) is { } fused)
            fused.Softmax(x, axis, y);
        else
            Compose(backend, x, axis, y);
    }

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => Apply(new SoftmaxGradOp(axis), dy, y);

    /// <summary>Step by step, for rows that no fused kernel takes.</summary>
    internal static void Compose<T>(IComputeBackend backend, View<T> x, int axis, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using Scratch<T> row = new(backend, Rows.Layout(x.Layout, axis));
        View<T> expanded = row.View.With(row.View.Layout.Expand(x.Layout.Shape));
        backend.Reduce(new MaxOp.Operator<T>(), x, row.View);
        backend.Binary(new ExpOfDifference<T>(), x, expanded, y);
        backend.Reduce(new SumOp.Operator<T>(), y, row.View);
        backend.Binary(new DivideOp.Operator<T>(), y, expanded, y);
    }
}

/// <summary>dx = y·(dy − Σ dy·y) along the axis.</summary>
internal sealed class SoftmaxGradOp(int axis) : FloatingBinaryOp
{
    protected override Saves Saves => Saves.First | Saves.Second;

    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y)
    {
        if (Rows.Fused(backend, axis, a.Layout, b.Layout, y.Layout) is { } fused)
        {
            fused.SoftmaxGradient(b, a, axis, y);
            return;
        }
        using Scratch<T> sums = new(backend, Rows.Layout(y.Layout, axis));
        backend.Binary(new MultiplyOp.Operator<T>(), a, b, y);
        backend.Reduce(new SumOp.Operator<T>(), y, sums.View);
        backend.Binary(new SubtractOp.Operator<T>(), a, sums.View.With(sums.View.Layout.Expand(y.Layout.Shape)), y);
        backend.Binary(new MultiplyOp.Operator<T>(), y, b, y);
    }

    protected override (Tensor? A, Tensor? B) Backward(Tensor dy, Tensor a, Tensor b, Tensor y)
    {
        // The Jacobian of softmax is symmetric.
        Tensor? first = NeedsGradient(0) ? Apply(new SoftmaxGradOp(axis), dy, b) : null;
        if (!NeedsGradient(1))
            return (first, null);
        Tensor mean = (a * b).Sum(axis, keepDims: true);
        return (first, dy * (a - mean) - a * (dy * b).Sum(axis, keepDims: true));
    }
}
