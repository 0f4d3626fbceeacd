using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>A property of each element of a floating-point tensor; the result is of Bool.</summary>
internal abstract class PredicateOp : ConstantOp
{
    protected sealed override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        Require.FloatingPoint(this, inputs[0].DType);
        return new(inputs[0].Layout.DenseLike(), DType.Bool);
    }

    protected sealed override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (inputs[0].DType == DType.Float32)
            Launch(backend, inputs[0].View<float>(), output.View<byte>());
        else
            Launch(backend, inputs[0].View<double>(), output.View<byte>());
    }

    protected abstract void Launch<T>(IComputeBackend backend, View<T> x, View<byte> y)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
