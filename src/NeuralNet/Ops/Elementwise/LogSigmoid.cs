using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the logarithm of the logistic function of each element, accurately for large ones of both signs.</summary>
    /// <returns>A tensor of the same shape, with every element at most 0.</returns>
    /// <remarks>y = −ln(1 + e⁻ˣ), dy/dx = 1/(1 + eˣ). Its negative is the softplus of −x.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor LogSigmoid() => Op.Apply(new LogSigmoidOp(), this);
}

internal sealed class LogSigmoidOp : FloatingUnaryOp
{
    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => dy * (-x).Sigmoid();

    /// <summary>min(x, 0) − ln(1 + e^−|x|), whose exponential cannot overflow.</summary>
    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x)
        {
            T magnitude = x < Constants<T>.Zero ? -x : x;
            return (x < Constants<T>.Zero ? x : Constants<T>.Zero) - new Log1POp.Operator<T>().Invoke(T.Exp(-magnitude));
        }

        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector zero = TVector.Create(T.Zero);
            TVector negative = TVector.Select(TVector.Greater(zero, x), x, zero);
            return negative - new Log1POp.Operator<T>().Invoke(TVector.Exp(-TVector.Abs(x)));
        }
    }
}
