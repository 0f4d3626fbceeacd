using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Adds, element by element, broadcast.</summary>
    /// <returns>A tensor of the common shape.</returns>
    /// <remarks>y = a + b, ∂y/∂a = ∂y/∂b = 1. Integers wrap around.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are Bool or storage dtypes.</exception>
    public Tensor Add(Tensor other) => Op.Apply(new AddOp(), this, other);

    /// <inheritdoc cref="Add(Tensor)"/>
    public Tensor Add(Scalar other) => Add(OfScalar(other, this));

    /// <inheritdoc cref="Add(Tensor)"/>
    public static Tensor operator +(Tensor a, Tensor b) => a.Add(b);

    /// <inheritdoc cref="Add(Tensor)"/>
    public static Tensor operator +(Tensor a, Scalar b) => a.Add(b);

    /// <inheritdoc cref="Add(Tensor)"/>
    public static Tensor operator +(Scalar a, Tensor b) => OfScalar(a, b).Add(b);
}

internal sealed class AddOp : NumericBinaryOp
{
    protected override Saves Saves => Saves.None;

    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y) =>
        backend.Binary(new Operator<T>(), a, b, y);

    protected override (Tensor? A, Tensor? B) Backward(Tensor dy, Tensor a, Tensor b, Tensor y) =>
        (dy, dy);

    internal readonly struct Operator<T> : IBinaryOperator<T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T a, T b) => a + b;

        public TVector Invoke<TVector>(TVector a, TVector b)
            where TVector : struct, ISimd<TVector, T> => a + b;
    }
}
