using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the remainder of the division that rounds down, element by element, broadcast.</summary>
    /// <param name="other">The divisor, whose sign the result has.</param>
    /// <returns>A tensor of the common shape.</returns>
    /// <remarks>y = a − b·⌊a/b⌋, as Python's and PyTorch's; C#'s <c>%</c> on numbers has the sign of a. ∂y/∂a = 1, ∂y/∂b = −⌊a/b⌋. NaN where b
    /// is 0.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are Bool or storage dtypes.</exception>
    /// <exception cref="DivideByZeroException">A divisor of integers is 0.</exception>
    public Tensor Remainder(Tensor other)
    {
        RemainderOp.RequireDivisor(nameof(Remainder), other);
        return Op.Apply(new RemainderOp(), this, other);
    }

    /// <inheritdoc cref="Remainder(Tensor)"/>
    public Tensor Remainder(Scalar other) => Remainder(OfScalar(other, this));

    /// <inheritdoc cref="Remainder(Tensor)"/>
    public static Tensor operator %(Tensor a, Tensor b) => a.Remainder(b);

    /// <inheritdoc cref="Remainder(Tensor)"/>
    public static Tensor operator %(Tensor a, Scalar b) => a.Remainder(b);

    /// <inheritdoc cref="Remainder(Tensor)"/>
    public static Tensor operator %(Scalar a, Tensor b) => OfScalar(a, b).Remainder(b);
}

internal sealed class RemainderOp : NumericBinaryOp
{
    protected override Saves Saves => Saves.First | Saves.Second;

    /// <exception cref="DivideByZeroException">A divisor of integers is 0.</exception>
    public static void RequireDivisor(string name, Tensor divisor)
    {
        ArgumentNullException.ThrowIfNull(divisor);
        if (!divisor.DType.IsInteger() || divisor.Device.IsMeta)
            return;
        long zeros = divisor.Equal(0).Sum().Item<long>();
        if (zeros > 0)
            throw new DivideByZeroException($"{name}: {zeros} of {divisor.Length} integer divisors {(zeros == 1 ? "is" : "are")} 0, which has "
                + "no quotient. Use Tensor.Where to replace them, or Cast(DType.Float32).");
    }

    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y) =>
        backend.Binary(new Operator<T>(), a, b, y);

    protected override (Tensor? A, Tensor? B) Backward(Tensor dy, Tensor a, Tensor b, Tensor y) =>
        (dy, NeedsGradient(1) ? -dy * a.FloorDivide(b) : null);

    internal readonly struct Operator<T> : IBinaryOperator<T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => TruncatedRemainder<T>.IsVectorized;

        public T Invoke(T a, T b)
        {
            // The smallest integer over −1 overflows in hardware.
            if (Constants<T>.IsSigned && b == -Constants<T>.One)
                return Constants<T>.Zero;
            T remainder = a % b;
            bool crosses = remainder < Constants<T>.Zero ? b > Constants<T>.Zero : remainder > Constants<T>.Zero && b < Constants<T>.Zero;
            return crosses ? remainder + b : remainder;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector a, TVector b)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector remainder = TruncatedRemainder<T>.Invoke(a, b);
            return TVector.Select(TruncatedRemainder<T>.Crosses(remainder, b), remainder + b, remainder);
        }
    }
}
