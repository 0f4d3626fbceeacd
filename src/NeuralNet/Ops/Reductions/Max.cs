using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Finds the largest of all elements.</summary>
    /// <returns>A scalar; NaN if any element is.</returns>
    /// <remarks>The gradient goes to the largest element, in equal shares to several of them.</remarks>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    public Tensor Max() => Max([]);

    /// <summary>Finds the largest element along an axis.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    public Tensor Max(int axis, bool keepDims = false) => Max([axis], keepDims);

    /// <summary>Finds the largest element along several axes; all, if none is named.</summary>
    /// <inheritdoc cref="Max(int, bool)"/>
    public Tensor Max(ReadOnlySpan<int> axes, bool keepDims = false) =>
        Op.Apply(new MaxOp(Axes.NormalizeAll(axes, Rank, nameof(Max)), keepDims), this);
}

internal sealed class MaxOp(int[] axes, bool keepDims) : ReductionOp(axes, keepDims)
{
    protected override Saves Saves => Saves.First | Saves.Output;

    protected override DType InferDType(Tensor x)
    {
        Require.Numeric(Name, x.DType);
        RequireElements(x);
        return x.DType;
    }

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (output.DType)
        {
            case DType.Float32: Launch<float>(backend, inputs[0], output); break;
            case DType.Float64: Launch<double>(backend, inputs[0], output); break;
            case DType.Int32: Launch<int>(backend, inputs[0], output); break;
            case DType.Int64: Launch<long>(backend, inputs[0], output); break;
            default: Launch<byte>(backend, inputs[0], output); break;
        }
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Tensor x = SavedInput(0);
        Tensor winners = x.Equal(WithKeptAxes(SavedOutput(), x.Shape)).Cast(x.DType);
        gradients[0] = WithKeptAxes(dy, x.Shape) * (winners / winners.Sum(ReducedAxes, keepDims: true));
    }

    private void Launch<T>(IComputeBackend backend, Tensor x, Tensor output)
        where T : unmanaged, INumber<T> => backend.Reduce(new Operator<T>(), x.View<T>(), KeptView<T>(output, x.Shape));

    internal readonly struct Operator<T> : IReductionOperator<T, T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => true;

        public T Identity => Constants<T>.Lowest;

        public T Lift(T x) => x;

        public T Combine(T a, T b) => a > b || T.IsNaN(a) ? a : b;

        public TVector Combine<TVector>(TVector a, TVector b)
            where TVector : struct, ISimd<TVector, T> => new MaximumOp.Operator<T>().Invoke(a, b);
    }
}
