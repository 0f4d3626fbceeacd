using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the logarithm of the sum of the exponentials along an axis, without overflow.</summary>
    /// <inheritdoc cref="LogSumExp(ReadOnlySpan{int}, bool)"/>
    public Tensor LogSumExp(int axis, bool keepDims = false) => LogSumExp([axis], keepDims);

    /// <summary>Computes the logarithm of the sum of the exponentials along several axes, without overflow; all, if none is named.</summary>
    /// <remarks>
    /// y = m + ln Σ e^(x−m) with m = max x; ∂y/∂x = e^(x−y). Where all elements are −∞, and over no elements, y = −∞; the gradient is NaN then.
    /// </remarks>
    /// <exception cref="ShapeException">An axis is out of range.</exception>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor LogSumExp(ReadOnlySpan<int> axes, bool keepDims = false) =>
        Op.Apply(new LogSumExpOp(Axes.NormalizeAll(axes, Rank, nameof(LogSumExp)), keepDims), this);
}

internal sealed class LogSumExpOp(int[] axes, bool keepDims) : ReductionOp(axes, keepDims)
{
    protected override Saves Saves => Saves.First | Saves.Output;

    protected override DType InferDType(Tensor x)
    {
        Require.FloatingPoint(Name, x.DType);
        return x.DType;
    }

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
            Launch<float>(backend, inputs[0], output);
        else
            Launch<double>(backend, inputs[0], output);
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Tensor x = SavedInput(0);
        gradients[0] = WithKeptAxes(dy, x.Shape) * (x - WithKeptAxes(SavedOutput(), x.Shape)).Exp();
    }

    private void Launch<T>(IComputeBackend backend, Tensor input, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> x = input.View<T>();
        View<T> y = KeptView<T>(output, input.Shape);
        using Scratch<T> exponentials = new(backend, x.Layout.DenseLike());
        using Scratch<T> shift = new(backend, y.Layout);
        backend.Reduce(new MaxOp.Operator<T>(), x, shift.View);
        backend.Unary(new FiniteOrZero<T>(), shift.View, shift.View);
        backend.Binary(new ExpOfDifference<T>(), x, shift.View.With(shift.View.Layout.Expand(input.Shape)), exponentials.View);
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
