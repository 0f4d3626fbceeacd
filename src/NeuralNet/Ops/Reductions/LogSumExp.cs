using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the logarithm of the sum of the exponentials along an axis, without overflow.</summary>
    /// <inheritdoc cref="LogSumExp(ReadOnlySpan{int}, bool)"/>
    public Tensor LogSumExp(int axis, bool keepDims = false) => LogSumExp([axis], keepDims);

    /// <summary>
    /// Computes the logarithm of the sum of the exponentials along several axes, without overflow; all, if none is named.
    /// </summary>
    /// <remarks>
    /// y = m + ln Σ e^(x−m) with m = max x; ∂y/∂x = e^(x−y). Where all elements are −∞, and over no elements, y = −∞; the gradient is NaN
    /// then.
    /// </remarks>
    /// <exception cref="ShapeException">An axis is out of range.</exception>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor LogSumExp(ReadOnlySpan<int> axes, bool keepDims = false) =>
        Op.Apply(new LogSumExpOp(Axes.NormalizeAll(axes, Rank, nameof(LogSumExp)), keepDims), this);
}

internal sealed class LogSumExpOp(int[] axes, bool keepDims) : FloatingReductionOp(axes, keepDims)
{
    protected override Saves Saves => Saves.First | Saves.Output;

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Tensor x = SavedInput(0);
        gradients[0] = WithKeptAxes(dy, x.Shape) * (x - WithKeptAxes(SavedOutput(), x.Shape)).Exp();
    }

    protected override void Launch<T>(IComputeBackend backend, Tensor x, Tensor output)
    {
        View<T> from = x.View<T>();
        View<T> y = KeptView<T>(output, x.Shape);
        using Scratch<T> exponentials = new(backend, from.Layout.DenseLike());
        using Scratch<T> shift = new(backend, y.Layout);
        backend.Reduce(new MaxOp.Operator<T>(), from, shift.View);
        backend.Unary(new FiniteOrZero<T>(), shift.View, shift.View);
        backend.Binary(new ExpOfDifference<T>(), from, shift.View.With(shift.View.Layout.Expand(x.Shape)), exponentials.View);
        backend.Reduce(new SumOp.Operator<T>(), exponentials.View, y);
        backend.Unary(new LogOp.Operator<T>(), y, y);
        backend.Binary(new AddOp.Operator<T>(), y, shift.View, y);
    }

    /// <summary>An infinite maximum is no shift: ∞ − ∞ would be NaN.</summary>
    internal readonly struct FiniteOrZero<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T Invoke(T x) => T.IsInfinity(x) ? Constants<T>.Zero : x;
    }
}

/// <summary>e^(a − b).</summary>
internal readonly struct ExpOfDifference<T> : IBinaryOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool IsVectorized => true;

    public T Invoke(T a, T b) => T.Exp(a - b);

    public TVector Invoke<TVector>(TVector a, TVector b)
        where TVector : struct, ISimd<TVector, T> => TVector.Exp(a - b);
}
