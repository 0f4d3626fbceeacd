using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>A relation between two tensors of one dtype, element by element, broadcast; the result is of Bool.</summary>
internal abstract class ComparisonOp : ConstantOp
{
    protected sealed override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        DType dtype = Require.SameDType(this, inputs[0], inputs[1]);
        if (dtype != DType.Bool)
            Require.Numeric(this, dtype);
        return new(Broadcast.OutputLayout(this, inputs[0], inputs[1]), DType.Bool);
    }

    protected sealed override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
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

    protected abstract void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<byte> y)
        where T : unmanaged, INumber<T>;

    private void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged, INumber<T>
    {
        View<T> a = inputs[0].View<T>(inputs[0].Layout.ExpandTo(output.Layout));
        View<T> b = inputs[1].View<T>(inputs[1].Layout.ExpandTo(output.Layout));
        Launch(backend, a, b, output.View<byte>());
    }
}
