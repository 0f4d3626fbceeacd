using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>An operation of several tensors of one floating-point dtype, such as a matrix product.</summary>
internal abstract class FloatingOp : Op
{
    protected sealed override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        DType dtype = inputs[0].DType;
        for (int i = 1; i < inputs.Length; i++)
            Require.SameDType(this, inputs[0], inputs[i]);
        Require.FloatingPoint(this, dtype);
        return new(Arrange(InferShape(inputs)), dtype);
    }

    protected sealed override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
            Launch<float>(backend, inputs, output);
        else
            Launch<double>(backend, inputs, output);
    }

    /// <summary>The order in memory of an output of this shape.</summary>
    protected virtual Layout Arrange(Shape shape) => Layout.Contiguous(shape);

    /// <summary>The shape of the output; throws where the shapes of the inputs do not fit.</summary>
    protected abstract Shape InferShape(ReadOnlySpan<Tensor> inputs);

    protected abstract void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
