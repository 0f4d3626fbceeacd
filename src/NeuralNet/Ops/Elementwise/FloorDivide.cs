using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Divides and rounds down, element by element, broadcast.</summary>
    /// <param name="other">The divisor.</param>
    /// <returns>A tensor of the common shape and of the same dtype.</returns>
    /// <remarks>y = ⌊a/b⌋, as Python's and PyTorch's <c>//</c>: −7 over 2 is −4, where C#'s division of integers gives −3. The gradients are 0.
    /// a/b where b is 0.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are Bool or storage dtypes.</exception>
    /// <exception cref="DivideByZeroException">A divisor of integers is 0.</exception>
    public Tensor FloorDivide(Tensor other)
    {
        RemainderOp.RequireDivisor(nameof(FloorDivide), other);
        return Op.Apply(new FloorDivideOp(), this, other);
    }

    /// <inheritdoc cref="FloorDivide(Tensor)"/>
    public Tensor FloorDivide(Scalar other) => FloorDivide(OfScalar(other, this));
}

internal sealed class FloorDivideOp : NumericBinaryOp
{
    protected override Saves Saves => Saves.None;

    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y) =>
        backend.Binary(new Operator<T>(), a, b, y);

    protected override (Tensor? A, Tensor? B) Backward(Tensor dy, Tensor a, Tensor b, Tensor y) =>
        (Tensor.ZerosLike(dy), Tensor.ZerosLike(dy));

    /// <summary>(a − remainder)/b, which is whole but for rounding: so ⌊1/0.1⌋ is 9, as 0.1 is a little more than a tenth.</summary>
    internal readonly struct Operator<T> : IBinaryOperator<T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => TruncatedRemainder<T>.IsVectorized;

        public T Invoke(T a, T b)
        {
            // The smallest integer over −1 overflows in hardware.
            if (Constants<T>.IsSigned && b == -Constants<T>.One)
                return -a;
            if (b == Constants<T>.Zero)
                return Constants<T>.IsInteger ? Constants<T>.Zero : a / b;
            T remainder = a % b;
            bool crosses = remainder < Constants<T>.Zero ? b > Constants<T>.Zero : remainder > Constants<T>.Zero && b < Constants<T>.Zero;
            T quotient = (a - remainder) / b;
            if (crosses)
                quotient -= Constants<T>.One;
            if (Constants<T>.IsInteger)
                return quotient;
            // Rounding may have left it beside the whole number.
            T fraction = quotient % Constants<T>.One;
            if (T.IsNaN(fraction))
                return quotient;
            T floor = quotient - fraction;
            if (fraction < Constants<T>.Zero)
                floor -= Constants<T>.One;
            if (quotient - floor > Constants<T>.Half)
                floor += Constants<T>.One;
            return floor == Constants<T>.Zero ? a / b * Constants<T>.Zero : floor;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector a, TVector b)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector zero = TVector.Create(T.Zero);
            TVector one = TVector.Create(T.One);
            TVector remainder = TruncatedRemainder<T>.Invoke(a, b);
            TVector quotient = (a - remainder) / b;
            quotient = TVector.Select(TruncatedRemainder<T>.Crosses(remainder, b), quotient - one, quotient);
            // Rounding may have left it beside the whole number.
            TVector floor = TVector.Floor(quotient);
            floor = TVector.Select(TVector.Greater(quotient - floor, TVector.Create(Constants<T>.Half)), floor + one, floor);
            TVector exact = a / b;
            floor = TVector.Select(TVector.Equal(floor, zero), exact * zero, floor);
            return TVector.Select(TVector.Equal(b, zero), exact, floor);
        }
    }
}
