using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the binary logarithm of each element.</summary>
    /// <remarks>y = log₂ x, dy/dx = 1/(x·ln 2). −∞ at 0; of negative numbers NaN.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Log2() => Op.Apply(new Log2Op(), this);
}

internal sealed class Log2Op : FloatingUnaryOp
{
    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => dy / (x * Math.Log(2));

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => typeof(T) == typeof(float);

        public T Invoke(T x) => T.Log2(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector y = TVector.Log(x) * TVector.CreateSingle(1.44269504f);
            // Powers of two have whole logarithms.
            TVector n = TVector.Round(y);
            return TVector.Select(TVector.Equal(TVector.PowerOfTwo(n), x), n, y);
        }
    }
}
