using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the rectified linear unit of each element, with a slope to the left of 0.</summary>
    /// <param name="slope">The slope to the left of 0.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = x where x &gt; 0, else slope·x; dy/dx = 1, or the slope, also at 0.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is NaN or infinite.</exception>
    public Tensor LeakyRelu(double slope = 0.01)
    {
        Require.Finite(nameof(LeakyRelu), nameof(slope), slope);
        return Op.Apply(new LeakyReluOp(slope), this);
    }
}

internal sealed class LeakyReluOp(double slope) : ActivationOp
{
    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) =>
        backend.Unary(new Operator<T>(T.CreateChecked(slope)), x, y);

    public override void LaunchGradient<T>(IComputeBackend backend, View<T> dy, View<T> x, View<T> dx) =>
        backend.Binary(new GradientOperator<T>(T.CreateChecked(slope)), dy, x, dx);

    public override Tensor ComposeGradient(Tensor dy, Tensor x) => Tensor.Where(x > 0, dy, dy * slope);

    internal readonly struct Operator<T>(T slope) : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => x > Constants<T>.Zero ? x : slope * x;

        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => TVector.Select(TVector.Greater(x, TVector.Create(T.Zero)), x, TVector.Create(slope) * x);
    }

    internal readonly struct GradientOperator<T>(T slope) : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T dy, T x) => x > Constants<T>.Zero ? dy : slope * dy;

        public TVector Invoke<TVector>(TVector dy, TVector x)
            where TVector : struct, ISimd<TVector, T> =>
            TVector.Select(TVector.Greater(x, TVector.Create(T.Zero)), dy, TVector.Create(slope) * dy);
    }
}
