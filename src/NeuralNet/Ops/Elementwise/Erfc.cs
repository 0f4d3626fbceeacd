using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the complementary error function of each element, accurately where it is small.</summary>
    /// <returns>A tensor of the same shape, with every element in [0, 2].</returns>
    /// <remarks>y = 1 − erf x, dy/dx = −2/√π·e^(−x²). 2 at −∞, 0 at ∞.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Erfc() => Op.Apply(new ErfcOp(), this);
}

internal sealed class ErfcOp : FloatingUnaryOp
{
    private const double TwoOverRootPi = 1.1283791670955126;

    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => dy * ((-(x * x)).Exp() * -TwoOverRootPi);

    /// <summary>1 − erf x up to ½; beyond, twice the tail of the normal distribution at √2·x.</summary>
    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private const float Root2Single = 1.41421356f;

        /// <summary>From here on the result is 0.</summary>
        private const float LastSingle = 10.25f;

        private static readonly T s_root2 = T.CreateChecked(1.4142135623730951);

        public static bool IsVectorized => typeof(T) == typeof(float);

        public T Invoke(T x)
        {
            if (!(x > Constants<T>.Half))
                return Constants<T>.One - new ErfOp.Operator<T>().Invoke(x);
            T factor = NormalTail<T>.Factor(s_root2 * x);
            return (factor + factor) * NormalTail<T>.ExponentialOfSquare(x);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector magnitude = NormalTail<T>.LimitSingle(TVector.Abs(x), LastSingle);
            TVector t = magnitude * TVector.CreateSingle(Root2Single);
            // The square of √2·x by that of x, so that no digit of the exponent is lost.
            TVector factor = NormalTail<T>.InvokeSingle(t, magnitude + magnitude, magnitude, out TVector fraction, out TVector power);
            TVector right = factor * fraction * (power + power);
            return TVector.Select(TVector.Greater(TVector.CreateSingle(0f), x), TVector.CreateSingle(2f) - right, right);
        }
    }
}
