using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>An <see cref="ActivationOp"/> that is 0 in [−λ, λ] and has the slope 1 outside.</summary>
internal abstract class ShrinkOp(double lambda) : ActivationOp
{
    protected double Lambda => lambda;

    /// <exception cref="ArgumentOutOfRangeException">λ is negative or NaN.</exception>
    public static void RequireLambda(string name, double lambda)
    {
        if (!(lambda >= 0))
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, $"{name}: lambda is {lambda}. Give a number of at least 0.");
    }

    public sealed override void LaunchGradient<T>(IComputeBackend backend, View<T> dy, View<T> x, View<T> dx) =>
        backend.Binary(new GradientOperator<T>(T.CreateChecked(lambda)), dy, x, dx);

    public sealed override Tensor ComposeGradient(Tensor dy, Tensor x) => Tensor.Where((x >= -lambda) & (x <= lambda), 0, dy);

    internal readonly struct GradientOperator<T>(T lambda) : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T dy, T x) => x >= -lambda && x <= lambda ? Constants<T>.Zero : dy;

        public TVector Invoke<TVector>(TVector dy, TVector x)
            where TVector : struct, ISimd<TVector, T> =>
            TVector.Select(TVector.GreaterOrEqual(TVector.Create(lambda), TVector.Abs(x)), TVector.Create(T.Zero), dy);
    }
}
