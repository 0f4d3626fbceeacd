using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the mean of all elements.</summary>
    /// <returns>A scalar; NaN for an empty tensor.</returns>
    /// <remarks>y = (1/n)·Σ x, ∂y/∂x = 1/n.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Mean() => Mean([]);

    /// <summary>Computes the mean along an axis.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Mean(int axis, bool keepDims = false) => Mean([axis], keepDims);

    /// <summary>Computes the mean along several axes; all, if none is named.</summary>
    /// <inheritdoc cref="Mean(int, bool)"/>
    public Tensor Mean(ReadOnlySpan<int> axes, bool keepDims = false) =>
        Op.Apply(new MeanOp(Axes.NormalizeAll(axes, Rank, nameof(Mean)), keepDims), this);
}

internal sealed class MeanOp(int[] axes, bool keepDims) : FloatingReductionOp(axes, keepDims)
{
    protected override Saves Saves => Saves.None;

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Shape shape = SavedInput(0).Shape;
        gradients[0] = WithKeptAxes(dy / (double)CountReduced(shape), shape).Expand(shape);
    }

    protected override void Launch<T>(IComputeBackend backend, Tensor x, Tensor output)
    {
        View<T> y = KeptView<T>(output, x.Shape);
        backend.Reduce(new SumOp.Operator<T>(), x.View<T>(), y);
        backend.Unary(new DivideBy<T>(T.CreateChecked(CountReduced(x.Shape))), y, y);
    }

    internal readonly struct DivideBy<T>(T divisor) : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => x / divisor;

        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => x / TVector.Create(divisor);
    }
}
