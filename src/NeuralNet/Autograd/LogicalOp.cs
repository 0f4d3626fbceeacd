using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>An operation of two tensors of Bool, element by element, broadcast.</summary>
internal abstract class LogicalOp : ConstantOp
{
    /// <exception cref="DTypeException">The tensor is of another dtype.</exception>
    public static void RequireBool(string name, Tensor x)
    {
        if (x.DType != DType.Bool)
            throw new DTypeException($"{name}: a tensor of {x.DType}; Bool is needed. Compare, as in x > 0, or use Cast(DType.Bool).");
    }

    protected sealed override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        RequireBool(Name, inputs[0]);
        RequireBool(Name, inputs[1]);
        return new(Broadcast.OutputLayout(this, inputs[0], inputs[1]), DType.Bool);
    }

    protected sealed override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        View<byte> a = inputs[0].View<byte>(inputs[0].Layout.ExpandTo(output.Layout));
        View<byte> b = inputs[1].View<byte>(inputs[1].Layout.ExpandTo(output.Layout));
        Launch(backend, a, b, output.View<byte>());
    }

    protected abstract void Launch(IComputeBackend backend, View<byte> a, View<byte> b, View<byte> y);
}
