using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>
/// An operation that takes elements at computed positions; it moves them without a look at them, so that only their size counts.
/// </summary>
internal abstract class SelectionOp : Op
{
    protected sealed override Saves Saves => Saves.Second;

    protected sealed override OutputInfo Infer(ReadOnlySpan<Tensor> inputs) => new(Layout.Contiguous(InferShape(inputs)), inputs[0].DType);

    protected sealed override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (output.DType.SizeOf())
        {
            case 4: Launch<uint>(backend, inputs, output); break;
            case 8: Launch<ulong>(backend, inputs, output); break;
            case 2: Launch<ushort>(backend, inputs, output); break;
            default: Launch<byte>(backend, inputs, output); break;
        }
    }

    /// <summary>The shape of the output.</summary>
    protected abstract Shape InferShape(ReadOnlySpan<Tensor> inputs);

    protected abstract void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged;
}
