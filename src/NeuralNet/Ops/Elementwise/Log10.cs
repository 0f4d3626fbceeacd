using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the decimal logarithm of each element.</summary>
    /// <remarks>y = log₁₀ x, dy/dx = 1/(x·ln 10). −∞ at 0; of negative numbers NaN.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Log10() => Op.Apply(new Log10Op(), this);
}

internal sealed class Log10Op : FloatingUnaryOp
{
    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => dy / (x * Math.Log(10));

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => typeof(T) == typeof(float);

        public T Invoke(T x) => T.Log10(x);

        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => TVector.Log10(x);
    }
}
