using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the softplus of each element, a smooth rectifier.</summary>
    /// <param name="beta">The sharpness β of the bend.</param>
    /// <param name="threshold">Where βx is larger, y is x.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = ln(1 + e^(βx))/β, or x where βx exceeds the threshold; dy/dx = σ(βx), or 1.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or infinite, or β is 0.</exception>
    public Tensor Softplus(double beta = 1, double threshold = 20)
    {
        Require.Divisor(nameof(Softplus), nameof(beta), beta);
        Require.Finite(nameof(Softplus), nameof(threshold), threshold);
        return Op.Apply(new SoftplusOp(beta, threshold), this);
    }
}

internal sealed class SoftplusOp(double beta, double threshold) : FloatingUnaryOp
{
    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) =>
        backend.Unary(new Operator<T>(T.CreateChecked(beta), T.CreateChecked(threshold)), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) =>
        Tensor.Where(x * beta > threshold, dy, dy * (x * beta).Sigmoid());

    internal readonly struct Operator<T>(T beta, T threshold) : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x)
        {
            T scaled = beta * x;
            return scaled > threshold ? x : new Log1POp.Operator<T>().Invoke(T.Exp(scaled)) / beta;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector scaled = TVector.Create(beta) * x;
            TVector limit = TVector.Create(threshold);
            TVector isStraight = TVector.Greater(scaled, limit);
            TVector e = TVector.Exp(TVector.Select(isStraight, limit, scaled));
            return TVector.Select(isStraight, x, new Log1POp.Operator<T>().Invoke(e) / TVector.Create(beta));
        }
    }
}
