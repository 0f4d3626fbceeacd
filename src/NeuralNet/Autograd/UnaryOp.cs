using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>An operation of one tensor, element by element, which keeps shape and dtype.</summary>
internal abstract class UnaryOp : Op
{
    protected sealed override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        RequireDType(inputs[0].DType);
        return new(inputs[0].Layout.DenseLike(), inputs[0].DType);
    }

    protected sealed override void Propagate(Tensor dy, Span<Tensor?> gradients) =>
        gradients[0] = Backward(dy, SavedInput(0), SavedOutput());

    /// <summary>Throws where the dtype is not taken.</summary>
    protected abstract void RequireDType(DType dtype);

    /// <summary>The gradient of x. Tensors that <see cref="Op.Saves"/> does not name have no data.</summary>
    protected abstract Tensor Backward(Tensor dy, Tensor x, Tensor y);
}

/// <summary>A <see cref="UnaryOp"/> on floating-point tensors.</summary>
internal abstract class FloatingUnaryOp : UnaryOp
{
    protected sealed override void RequireDType(DType dtype) => Require.FloatingPoint(this, dtype);

    protected sealed override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
            Launch(backend, inputs[0].View<float>(), output.View<float>());
        else
            Launch(backend, inputs[0].View<double>(), output.View<double>());
    }

    protected abstract void Launch<T>(IComputeBackend backend, View<T> x, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>A <see cref="UnaryOp"/> on tensors of any numeric dtype.</summary>
internal abstract class NumericUnaryOp : UnaryOp
{
    protected sealed override void RequireDType(DType dtype) => Require.Numeric(this, dtype);

    protected sealed override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        Tensor x = inputs[0];
        switch (output.DType)
        {
            case DType.Float32: Launch(backend, x.View<float>(), output.View<float>()); break;
            case DType.Float64: Launch(backend, x.View<double>(), output.View<double>()); break;
            case DType.Int32: Launch(backend, x.View<int>(), output.View<int>()); break;
            case DType.Int64: Launch(backend, x.View<long>(), output.View<long>()); break;
            default: Launch(backend, x.View<byte>(), output.View<byte>()); break;
        }
    }

    protected abstract void Launch<T>(IComputeBackend backend, View<T> x, View<T> y)
        where T : unmanaged, INumber<T>;
}

/// <summary>A <see cref="FloatingUnaryOp"/> whose result is constant but for jumps: no gradient comes through.</summary>
internal abstract class RoundingOp : FloatingUnaryOp
{
    protected sealed override Saves Saves => Saves.None;

    protected sealed override Tensor Backward(Tensor dy, Tensor x, Tensor y) => Tensor.ZerosLike(dy);
}
