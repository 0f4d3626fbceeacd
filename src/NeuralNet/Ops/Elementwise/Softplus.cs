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

internal sealed class SoftplusOp(double beta, double threshold) : ActivationOp
{
    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) =>
        backend.Unary(new Operator<T>(T.CreateChecked(beta), T.CreateChecked(threshold)), x, y);

    public override void LaunchGradient<T>(IComputeBackend backend, View<T> dy, View<T> x, View<T> dx) =>
        backend.Binary(new GradientOperator<T>(T.CreateChecked(beta), T.CreateChecked(threshold)), dy, x, dx);

    public override Tensor ComposeGradient(Tensor dy, Tensor x)
    {
        Tensor scaled = x * beta;
        return Tensor.Where(scaled > threshold, dy, dy * scaled.Sigmoid());
    }

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

    internal readonly struct GradientOperator<T>(T beta, T threshold) : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T dy, T x)
        {
            T scaled = beta * x;
            return scaled > threshold ? dy : dy * new SigmoidOp.Operator<T>().Invoke(scaled);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector dy, TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector scaled = TVector.Create(beta) * x;
            return TVector.Select(TVector.Greater(scaled, TVector.Create(threshold)), dy, dy * new SigmoidOp.Operator<T>().Invoke(scaled));
        }
    }
}
