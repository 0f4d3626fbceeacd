using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Takes the smaller of two numbers, element by element, broadcast.</summary>
    /// <returns>A tensor of the common shape.</returns>
    /// <remarks>y = min(a, b); the gradient goes to the smaller, and half to each of equals. NaN if either is NaN.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are Bool or storage dtypes.</exception>
    public Tensor Minimum(Tensor other) => Op.Apply(new MinimumOp(), this, other);

    /// <inheritdoc cref="Minimum(Tensor)"/>
    public Tensor Minimum(Scalar other) => Minimum(OfScalar(other, this));
}

internal sealed class MinimumOp : NumericBinaryOp
{
    protected override Saves Saves => Saves.First | Saves.Second;

    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y) =>
        backend.Binary(new Operator<T>(), a, b, y);

    protected override (Tensor? A, Tensor? B) Backward(Tensor dy, Tensor a, Tensor b, Tensor y) =>
        (NeedsGradient(0) ? dy * MaximumOp.Share(b, a) : null, NeedsGradient(1) ? dy * MaximumOp.Share(a, b) : null);

    internal readonly struct Operator<T> : IBinaryOperator<T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T a, T b) => a < b || T.IsNaN(a) ? a : b;

        public TVector Invoke<TVector>(TVector a, TVector b)
            where TVector : struct, ISimd<TVector, T> =>
            TVector.Select(TVector.Equal(a, a), TVector.Select(TVector.Greater(b, a), a, b), a);
    }
}
