using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the logarithm of <see cref="Softmax"/> along an axis, accurately where that is close to 0.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = x − m − ln Σ e^(x−m) with m = max x; dx = dy − e^y·Σ dy. A row of −∞ alone gives NaN.</remarks>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor LogSoftmax(int axis) => Op.Apply(new LogSoftmaxOp(Axes.Normalize(axis, Rank, nameof(LogSoftmax))), this);
}

internal sealed class LogSoftmaxOp(int axis) : FloatingUnaryOp
{
    protected override Saves Saves => Saves.Output;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y)
    {
        if (Rows.Fused(backend, axis, x.Layout, y.Layout) is { } fused)
            fused.LogSoftmax(x, axis, y);
        else
            Compose(backend, x, axis, y);
    }

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => Apply(new LogSoftmaxGradOp(axis), dy, y);

    /// <summary>Step by step, for rows that no fused kernel takes.</summary>
    internal static void Compose<T>(IComputeBackend backend, View<T> x, int axis, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Layout rows = Rows.Layout(x.Layout, axis);
        using Scratch<T> max = new(backend, rows);
        using Scratch<T> logSum = new(backend, rows);
        Layout expanded = rows.Expand(x.Layout.Shape);
        backend.Reduce(new MaxOp.Operator<T>(), x, max.View);
        backend.Binary(new ExpOfDifference<T>(), x, max.View.With(expanded), y);
        backend.Reduce(new SumOp.Operator<T>(), y, logSum.View);
        backend.Unary(new LogOp.Operator<T>(), logSum.View, logSum.View);
        backend.Binary(new SubtractOp.Operator<T>(), x, max.View.With(expanded), y);
        backend.Binary(new SubtractOp.Operator<T>(), y, logSum.View.With(expanded), y);
    }
}

/// <summary>dx = dy − e^y·Σ dy along the axis.</summary>
internal sealed class LogSoftmaxGradOp(int axis) : FloatingBinaryOp
{
    protected override Saves Saves => Saves.First | Saves.Second;

    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y)
    {
        if (Rows.Fused(backend, axis, a.Layout, b.Layout, y.Layout) is { } fused)
        {
            fused.LogSoftmaxGradient(b, a, axis, y);
            return;
        }
        using Scratch<T> sums = new(backend, Rows.Layout(y.Layout, axis));
        backend.Reduce(new SumOp.Operator<T>(), a, sums.View);
        backend.Unary(new ExpOp.Operator<T>(), b, y);
        backend.Binary(new MultiplyOp.Operator<T>(), y, sums.View.With(sums.View.Layout.Expand(y.Layout.Shape)), y);
        backend.Binary(new SubtractOp.Operator<T>(), a, y, y);
    }

    protected override (Tensor? A, Tensor? B) Backward(Tensor dy, Tensor a, Tensor b, Tensor y)
    {
        Tensor weighted = dy * b.Exp();
        return (
            NeedsGradient(0) ? dy - weighted.Sum(axis, keepDims: true) : null,
            NeedsGradient(1) ? -weighted * a.Sum(axis, keepDims: true) : null);
    }
}
