using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Tells where a truth value does not hold, element by element.</summary>
    /// <returns>A tensor of Bool, of the same shape. Numbers count as true where they are not 0.</returns>
    public Tensor LogicalNot() => Op.Apply(new LogicalNotOp(), Cast(DType.Bool));

    /// <summary>Tells where a truth value does not hold, element by element.</summary>
    /// <exception cref="DTypeException">The tensor is not of Bool.</exception>
    public static Tensor operator !(Tensor x) => Op.Apply(new LogicalNotOp(), x);
}

internal sealed class LogicalNotOp : ConstantOp
{
    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        LogicalOp.RequireBool(Name, inputs[0]);
        return new(inputs[0].Layout.DenseLike(), DType.Bool);
    }

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) =>
        backend.Unary(new Operator(), inputs[0].View<byte>(), output.View<byte>());

    internal readonly struct Operator : IUnaryOperator<byte>
    {
        public byte Invoke(byte x) => (byte)(1 - x);
    }
}
