using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>Positions along an axis, of Int64, for each element of a tensor of any numeric dtype.</summary>
/// <param name="axis">The axis, normalised.</param>
internal abstract class RunningIndexOp(int axis) : ConstantOp
{
    protected int Axis => axis;

    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        if (inputs[0].DType != DType.Bool || !TakesBool)
            Require.Numeric(this, inputs[0].DType);
        return new(Layout.Contiguous(InferShape(inputs[0].Shape)), DType.Int64);
    }

    protected sealed override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (inputs[0].DType)
        {
            case DType.Float32: Launch(backend, inputs[0].View<float>(), output.View<long>()); break;
            case DType.Float64: Launch(backend, inputs[0].View<double>(), output.View<long>()); break;
            case DType.Int32: Launch(backend, inputs[0].View<int>(), output.View<long>()); break;
            case DType.Int64: Launch(backend, inputs[0].View<long>(), output.View<long>()); break;
            default: Launch(backend, inputs[0].View<byte>(), output.View<long>()); break;
        }
    }

    /// <summary>Whether truth values are taken too.</summary>
    protected virtual bool TakesBool => false;

    /// <summary>The shape of the output.</summary>
    protected virtual Shape InferShape(Shape x) => x;

    protected abstract void Launch<T>(IComputeBackend backend, View<T> x, View<long> y)
        where T : unmanaged, INumber<T>;
}
