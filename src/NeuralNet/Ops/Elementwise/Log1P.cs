using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes ln(1 + x) of each element, accurately near 0 too.</summary>
    /// <remarks>y = ln(1 + x), dy/dx = 1/(1 + x). −∞ at −1; NaN below.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Log1P() => Op.Apply(new Log1POp(), this);
}

internal sealed class Log1POp : FloatingUnaryOp
{
    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => dy / (1 + x);

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        // With u = 1 + x rounded, ln(1 + x) = ln u + (x − (u − 1))/u up to second order in what the rounding lost. Where u is 1 that is x,
        // and −0 keeps its sign.
        public T Invoke(T x)
        {
            T u = Constants<T>.One + x;
            T d = u - Constants<T>.One;
            if (u == Constants<T>.One)
                return x;
            return d == x ? T.Log(u) : T.Log(u) + (x - d) / u;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector u = TVector.Create(T.One) + x;
            TVector d = u - TVector.Create(T.One);
            TVector log = TVector.Log(u);
            TVector y = TVector.Select(TVector.Equal(d, x), log, log + (x - d) / u);
            return TVector.Select(TVector.Equal(u, TVector.Create(T.One)), x, y);
        }
    }
}
