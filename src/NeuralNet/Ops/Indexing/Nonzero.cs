using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Lists where the elements are that are not 0, or true ones of a Bool tensor, in logical order.</summary>
    /// <returns>A tensor of Int64 of [n, rank]: a row for each of the n elements, with its position on every axis.</returns>
    /// <remarks>NaN is not 0. No gradient flows through it.</remarks>
    /// <exception cref="DTypeException">The tensor is of a storage dtype.</exception>
    /// <exception cref="DeviceException">The tensor is on <see cref="Device.Meta"/>, and does not tell how many elements there
    /// are.</exception>
    public Tensor Nonzero()
    {
        if (DType != DType.Bool)
            Require.Numeric(nameof(Nonzero), DType);
        Indices.RequireData(nameof(Nonzero), this, "Use NotEqual(0), which keeps the shape.");
        Tensor mask = DType == DType.Bool ? this : NotEqual(0);
        return Op.Apply(new NonzeroOp(mask.Sum().Item<long>()), mask);
    }
}

internal sealed class NonzeroOp(long count) : ConstantOp
{
    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs) =>
        new(Layout.Contiguous(new Shape(count, inputs[0].Rank)), DType.Int64);

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) =>
        backend.ListNonzero(inputs[0].View<byte>(), output.View<long>());
}
