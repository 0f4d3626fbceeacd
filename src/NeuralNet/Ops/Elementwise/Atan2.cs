using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the angle in radians of the point with this tensor as y and another as x, element by element, broadcast.</summary>
    /// <param name="other">The x of the points.</param>
    /// <returns>A tensor of the common shape, with every element in [−π, π].</returns>
    /// <remarks>z = atan2(y, x), ∂z/∂y = x/(x² + y²), ∂z/∂x = −y/(x² + y²).</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are not of floating point.</exception>
    public Tensor Atan2(Tensor other) => Op.Apply(new Atan2Op(), this, other);

    /// <inheritdoc cref="Atan2(Tensor)"/>
    public Tensor Atan2(Scalar other) => Atan2(OfScalar(other, this));
}

internal sealed class Atan2Op : FloatingBinaryOp
{
    protected override Saves Saves => Saves.First | Saves.Second;

    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y) =>
        backend.Binary(new Operator<T>(), a, b, y);

    protected override (Tensor? A, Tensor? B) Backward(Tensor dy, Tensor a, Tensor b, Tensor y)
    {
        Tensor scaled = dy / (a * a + b * b);
        return (NeedsGradient(0) ? scaled * b : null, NeedsGradient(1) ? -scaled * a : null);
    }

    internal readonly struct Operator<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private const float HalfPi = 1.57079633f;

        /// <summary>What π/2 in float lacks.</summary>
        private const float HalfPiLow = -4.371139e-8f;

        public static bool IsVectorized => typeof(T) == typeof(float);

        public T Invoke(T a, T b) => T.Atan2(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector a, TVector b)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector zero = TVector.CreateSingle(0);
            TVector one = TVector.CreateSingle(1);
            TVector opposite = TVector.Abs(a);
            TVector adjacent = TVector.Abs(b);
            TVector isSteep = TVector.Greater(opposite, adjacent);
            TVector ratio = TVector.Select(isSteep, adjacent, opposite) / TVector.Select(isSteep, opposite, adjacent);
            // Of equal magnitudes, also infinite ones, the ratio is 1; of zeros it is taken as 0.
            TVector equal = TVector.Select(TVector.Equal(opposite, zero), zero, one);
            TVector angle = TVector.Atan(TVector.Select(TVector.Equal(opposite, adjacent), equal, ratio));
            angle = TVector.Select(isSteep, TVector.CreateSingle(HalfPi) - (angle - TVector.CreateSingle(HalfPiLow)), angle);
            // To the left, where the sign counts even of zero, from the other side.
            TVector left = TVector.CreateSingle(2 * HalfPi) - (angle - TVector.CreateSingle(2 * HalfPiLow));
            angle = TVector.Select(TVector.Greater(zero, TVector.CopySign(one, b)), left, angle);
            return TVector.CopySign(angle, a);
        }
    }
}
