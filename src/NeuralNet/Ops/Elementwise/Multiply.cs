using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Multiplies, element by element, broadcast.</summary>
    /// <returns>A tensor of the common shape.</returns>
    /// <remarks>y = a·b, ∂y/∂a = b, ∂y/∂b = a. Integers wrap around.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are Bool or storage dtypes.</exception>
    public Tensor Multiply(Tensor other) => Op.Apply(new MultiplyOp(), this, other);

    /// <inheritdoc cref="Multiply(Tensor)"/>
    public Tensor Multiply(Scalar other) => Multiply(OfScalar(other, this));

    /// <inheritdoc cref="Multiply(Tensor)"/>
    public static Tensor operator *(Tensor a, Tensor b) => a.Multiply(b);

    /// <inheritdoc cref="Multiply(Tensor)"/>
    public static Tensor operator *(Tensor a, Scalar b) => a.Multiply(b);

    /// <inheritdoc cref="Multiply(Tensor)"/>
    public static Tensor operator *(Scalar a, Tensor b) => OfScalar(a, b).Multiply(b);
}

internal sealed class MultiplyOp : NumericBinaryOp
{
    protected override Saves Saves => Saves.First | Saves.Second;

    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y) =>
        backend.Binary(new Operator<T>(), a, b, y);

    protected override (Tensor? A, Tensor? B) Backward(Tensor dy, Tensor a, Tensor b, Tensor y) =>
        (NeedsGradient(0) ? dy * b : null, NeedsGradient(1) ? dy * a : null);

    internal readonly struct Operator<T> : IBinaryOperator<T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T a, T b) => a * b;

        public TVector Invoke<TVector>(TVector a, TVector b)
            where TVector : struct, ISimd<TVector, T> => a * b;
    }
}
