using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes eˣ − 1 of each element, accurately near 0 too.</summary>
    /// <remarks>y = eˣ − 1, dy/dx = y + 1. −1 at −∞.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor ExpM1() => Op.Apply(new ExpM1Op(), this);
}

internal sealed class ExpM1Op : FloatingUnaryOp
{
    protected override Saves Saves => Saves.Output;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => dy * (y + 1);

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Kahan's: what the rounding of eˣ lost shows in its logarithm just as much, and cancels in the quotient.
        public static bool IsVectorized => true;

        public T Invoke(T x)
        {
            T u = T.Exp(x);
            if (x > Constants<T>.One || x < -Constants<T>.One)
                return u - Constants<T>.One;
            return u == Constants<T>.One ? x : (u - Constants<T>.One) * x / T.Log(u);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector one = TVector.Create(T.One);
            TVector u = TVector.Exp(x);
            TVector near = TVector.Select(TVector.Equal(u, one), x, (u - one) * x / TVector.Log(u));
            return TVector.Select(TVector.Greater(TVector.Abs(x), one), u - one, near);
        }
    }
}
