using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Finds where values would be inserted into this sorted tensor so that it stays sorted, along the last axis.</summary>
    /// <param name="values">The values, of the same dtype: of any shape if this is a vector, else of the same leading axes.</param>
    /// <param name="right">Whether a value is inserted behind its equals.</param>
    /// <returns>The positions, of Int64 and of the values' shape. NaN belongs behind all numbers.</returns>
    /// <remarks>No gradient flows through it. That this tensor is sorted is not checked.</remarks>
    /// <exception cref="ShapeException">The leading axes differ, or this is a scalar.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are Bool or storage dtypes.</exception>
    public Tensor SearchSorted(Tensor values, bool right = false)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (Rank == 0)
            throw new ShapeException("SearchSorted: a scalar is no sorted sequence. Use Reshape(1).");
        if (Rank > 1 && (values.Rank != Rank || !values.Shape.Span[..^1].SequenceEqual(Shape.Span[..^1])))
            throw new ShapeException($"SearchSorted: values of {values.Shape} for sorted rows of {Shape}. Give them the same leading axes, or "
                + "search in a vector.");
        if (Rank > 1)
            return Op.Apply(new SearchSortedOp(right), this, values);
        return Op.Apply(new SearchSortedOp(right), this, values.Reshape(values.Length)).Reshape(values.Shape);
    }
}

internal sealed class SearchSortedOp(bool right) : ConstantOp
{
    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        Require.Numeric(this, Require.SameDType(this, inputs[0], inputs[1]));
        return new(Layout.Contiguous(inputs[1].Shape), DType.Int64);
    }

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (inputs[0].DType)
        {
            case DType.Float32: Launch<float>(backend, inputs, output); break;
            case DType.Float64: Launch<double>(backend, inputs, output); break;
            case DType.Int32: Launch<int>(backend, inputs, output); break;
            case DType.Int64: Launch<long>(backend, inputs, output); break;
            default: Launch<byte>(backend, inputs, output); break;
        }
    }

    private void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged, INumber<T> =>
        backend.SearchSorted(inputs[0].View<T>(), inputs[1].View<T>(), right, output.View<long>());
}
