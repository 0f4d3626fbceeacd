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

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => dy - y.Exp() * dy.Sum(axis, keepDims: true);

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
