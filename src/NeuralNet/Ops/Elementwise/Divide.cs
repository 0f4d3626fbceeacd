using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Divides, element by element, broadcast.</summary>
    /// <returns>A tensor of the common shape.</returns>
    /// <remarks>y = a/b, ∂y/∂a = 1/b, ∂y/∂b = −y/b. 1/0 = ∞, 0/0 = NaN.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are not of floating point.</exception>
    public Tensor Divide(Tensor other) => Op.Apply(new DivideOp(), this, other);

    /// <inheritdoc cref="Divide(Tensor)"/>
    public Tensor Divide(Scalar other) => Divide(OfScalar(other, this));

    /// <inheritdoc cref="Divide(Tensor)"/>
    public static Tensor operator /(Tensor a, Tensor b) => a.Divide(b);

    /// <inheritdoc cref="Divide(Tensor)"/>
    public static Tensor operator /(Tensor a, Scalar b) => a.Divide(b);

    /// <inheritdoc cref="Divide(Tensor)"/>
    public static Tensor operator /(Scalar a, Tensor b) => OfScalar(a, b).Divide(b);
}

internal sealed class DivideOp : FloatingBinaryOp
{
    protected override Saves Saves => Saves.Second | Saves.Output;

    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y) =>
        backend.Binary(new Operator<T>(), a, b, y);

    protected override (Tensor? A, Tensor? B) Backward(Tensor dy, Tensor a, Tensor b, Tensor y) =>
        (NeedsGradient(0) ? dy / b : null, NeedsGradient(1) ? -dy * y / b : null);

    internal readonly struct Operator<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T a, T b) => a / b;

        public TVector Invoke<TVector>(TVector a, TVector b)
            where TVector : struct, ISimd<TVector, T> => a / b;
    }
}
