using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Takes the larger of two numbers, element by element, broadcast.</summary>
    /// <returns>A tensor of the common shape.</returns>
    /// <remarks>y = max(a, b); the gradient goes to the larger, and half to each of equals. NaN if either is NaN.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are Bool or storage dtypes.</exception>
    public Tensor Maximum(Tensor other) => Op.Apply(new MaximumOp(), this, other);

    /// <inheritdoc cref="Maximum(Tensor)"/>
    public Tensor Maximum(Scalar other) => Maximum(OfScalar(other, this));
}

internal sealed class MaximumOp : NumericBinaryOp
{
    protected override Saves Saves => Saves.First | Saves.Second;

    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y) =>
        backend.Binary(new Operator<T>(), a, b, y);

    protected override (Tensor? A, Tensor? B) Backward(Tensor dy, Tensor a, Tensor b, Tensor y) =>
        (NeedsGradient(0) ? dy * Share(a, b) : null, NeedsGradient(1) ? dy * Share(b, a) : null);

    /// <summary>How much of the gradient goes to a: 1 where it is larger, ½ where both are equal.</summary>
    public static Tensor Share(Tensor a, Tensor b) => (a.Greater(b).Cast(a.DType) + a.GreaterOrEqual(b).Cast(a.DType)) * 0.5;

    internal readonly struct Operator<T> : IBinaryOperator<T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T a, T b) => a > b || T.IsNaN(a) ? a : b;

        public TVector Invoke<TVector>(TVector a, TVector b)
            where TVector : struct, ISimd<TVector, T> => TVector.Select(TVector.Equal(a, a), TVector.Larger(a, b), a);
    }
}
