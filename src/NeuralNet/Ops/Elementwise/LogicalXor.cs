using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Tells where exactly one of two truth values holds, element by element, broadcast.</summary>
    /// <param name="other">The other truth values.</param>
    /// <returns>A tensor of Bool, of the common shape. Numbers count as true where they are not 0.</returns>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor LogicalXor(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Op.Apply(new LogicalXorOp(), Cast(DType.Bool), other.Cast(DType.Bool));
    }

    /// <summary>Tells where exactly one of two truth values holds, element by element, broadcast.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">A tensor is not of Bool.</exception>
    public static Tensor operator ^(Tensor a, Tensor b) => Op.Apply(new LogicalXorOp(), a, b);
}

internal sealed class LogicalXorOp : LogicalOp
{
    protected override void Launch(IComputeBackend backend, View<byte> a, View<byte> b, View<byte> y) =>
        backend.Binary(new Operator(), a, b, y);

    internal readonly struct Operator : IBinaryOperator<byte>
    {
        public byte Invoke(byte a, byte b) => (byte)(a ^ b);
    }
}
