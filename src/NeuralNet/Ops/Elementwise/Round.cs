using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Rounds each element to the nearest whole number, halves to the even one.</summary>
    /// <returns>A tensor of the same shape and dtype; integers are whole already.</returns>
    /// <remarks>2.5 becomes 2, 3.5 becomes 4; dy/dx = 0.</remarks>
    /// <exception cref="DTypeException">The tensor is of Bool or a storage dtype.</exception>
    public Tensor Round() => DType.IsInteger() ? Unchanged() : Op.Apply(new RoundOp(), this);

    /// <summary>Rounds each element to a number of decimals, halves to the even one.</summary>
    /// <param name="decimals">How many digits stay behind the point; negative numbers round to tens, hundreds and so on.</param>
    /// <remarks>y = round(x·10ᵈ)/10ᵈ, dy/dx = 0.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Round(int decimals)
    {
        Require.FloatingPoint(nameof(Round), DType);
        double power = Math.Pow(10, Math.Abs(decimals));
        return decimals >= 0 ? (this * power).Round() / power : (this / power).Round() * power;
    }
}

internal sealed class RoundOp : RoundingOp
{
    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => T.Round(x);

        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => TVector.Round(x);
    }
}
