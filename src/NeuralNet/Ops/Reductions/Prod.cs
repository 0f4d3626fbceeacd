using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Multiplies all elements.</summary>
    /// <returns>A scalar; Int64 for Bool and integers. 1 for an empty tensor.</returns>
    /// <remarks>∂y/∂xᵢ is the product of all other elements, also where some are 0.</remarks>
    public Tensor Prod() => Prod([]);

    /// <summary>Multiplies the elements along an axis.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    public Tensor Prod(int axis, bool keepDims = false) => Prod([axis], keepDims);

    /// <summary>Multiplies the elements along several axes; all, if none is named.</summary>
    /// <inheritdoc cref="Prod(int, bool)"/>
    public Tensor Prod(ReadOnlySpan<int> axes, bool keepDims = false) =>
        Op.Apply(new ProdOp(Axes.NormalizeAll(axes, Rank, nameof(Prod)), keepDims), this);
}

internal sealed class ProdOp(int[] axes, bool keepDims) : ReductionOp(axes, keepDims)
{
    protected override Saves Saves => Saves.First;

    protected override DType InferDType(Tensor x) => Require.Accumulated(this, x.DType);

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        Tensor x = inputs[0];
        switch (x.DType)
        {
            case DType.Float32: backend.Reduce(new Operator<float>(), x.View<float>(), KeptView<float>(output, x.Shape)); break;
            case DType.Float64: backend.Reduce(new Operator<double>(), x.View<double>(), KeptView<double>(output, x.Shape)); break;
            case DType.Int32: backend.Reduce(new IntegerOperator(), x.View<int>(), KeptView<long>(output, x.Shape)); break;
            case DType.Int64: backend.Reduce(new Operator<long>(), x.View<long>(), KeptView<long>(output, x.Shape)); break;
            default: backend.Reduce(new IntegerOperator(), x.View<byte>(), KeptView<long>(output, x.Shape)); break;
        }
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Tensor x = SavedInput(0);
        if (x.Length == 0)
        {
            gradients[0] = Tensor.ZerosLike(x);
            return;
        }
        // The reduced axes go last, and become one.
        int[] reduced = ReducedAxes.ToArray();
        int[] order = [.. Enumerable.Range(0, x.Rank).Except(reduced), .. reduced];
        Tensor rows = x.Permute(order);
        Shape permuted = rows.Shape;
        rows = ExclusiveProducts.Of(rows.Reshape(-1, CountReduced(x.Shape)));
        int[] inverse = new int[order.Length];
        for (int axis = 0; axis < order.Length; axis++)
            inverse[order[axis]] = axis;
        gradients[0] = WithKeptAxes(dy, x.Shape) * rows.Reshape(permuted).Permute(inverse);
    }

    internal readonly struct Operator<T> : IReductionOperator<T, T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => true;

        public T Identity => Constants<T>.One;

        public T Lift(T x) => x;

        public T Combine(T a, T b) => a * b;

        public TVector Combine<TVector>(TVector a, TVector b)
            where TVector : struct, ISimd<TVector, T> => a * b;
    }

    internal readonly struct IntegerOperator : IReductionOperator<int, long>, IReductionOperator<byte, long>
    {
        public long Identity => 1;

        public long Lift(int x) => x;

        public long Lift(byte x) => x;

        public long Combine(long a, long b) => a * b;
    }
}
