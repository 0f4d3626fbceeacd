using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>
/// An operation of two tensors, element by element, broadcast to a common shape; both have one dtype, which the result has too.
/// </summary>
internal abstract class BinaryOp : Op
{
    protected sealed override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        DType dtype = Require.SameDType(this, inputs[0], inputs[1]);
        RequireDType(dtype);
        return new(Broadcast.OutputLayout(this, inputs[0], inputs[1]), dtype);
    }

    protected sealed override void Propagate(Tensor dy, Span<Tensor?> gradients) =>
        (gradients[0], gradients[1]) = Backward(dy, SavedInput(0), SavedInput(1), SavedOutput());

    /// <summary>Throws where the dtype is not taken.</summary>
    protected abstract void RequireDType(DType dtype);

    /// <summary>
    /// The gradients of a and b, of the output's shape; null where <see cref="Op.NeedsGradient"/> says no, or none is wanted. Tensors that
    /// <see cref="Op.Saves"/> does not name have no data.
    /// </summary>
    protected abstract (Tensor? A, Tensor? B) Backward(Tensor dy, Tensor a, Tensor b, Tensor y);

    private protected static View<T> Expanded<T>(Tensor x, Tensor output)
        where T : unmanaged => x.View<T>(x.Layout.ExpandTo(output.Layout));
}

/// <summary>A <see cref="BinaryOp"/> on floating-point tensors.</summary>
internal abstract class FloatingBinaryOp : BinaryOp
{
    protected sealed override void RequireDType(DType dtype) => Require.FloatingPoint(this, dtype);

    protected sealed override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
            Launch<float>(backend, inputs, output);
        else
            Launch<double>(backend, inputs, output);
    }

    protected abstract void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    private void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Launch(backend, Expanded<T>(inputs[0], output), Expanded<T>(inputs[1], output), output.View<T>());
}

/// <summary>A <see cref="BinaryOp"/> on tensors of any numeric dtype.</summary>
internal abstract class NumericBinaryOp : BinaryOp
{
    protected sealed override void RequireDType(DType dtype) => Require.Numeric(this, dtype);

    protected sealed override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (output.DType)
        {
            case DType.Float32: Launch<float>(backend, inputs, output); break;
            case DType.Float64: Launch<double>(backend, inputs, output); break;
            case DType.Int32: Launch<int>(backend, inputs, output); break;
            case DType.Int64: Launch<long>(backend, inputs, output); break;
            default: Launch<byte>(backend, inputs, output); break;
        }
    }

    protected abstract void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y)
        where T : unmanaged, INumber<T>;

    private void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged, INumber<T> =>
        Launch(backend, Expanded<T>(inputs[0], output), Expanded<T>(inputs[1], output), output.View<T>());
}
