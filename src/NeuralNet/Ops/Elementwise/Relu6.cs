using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the rectified linear unit of each element, limited to 6.</summary>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = min(max(x, 0), 6); dy/dx = 1 between the limits, else 0, also at them. NaN stays NaN.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Relu6() => Op.Apply(new Relu6Op(), this);
}

internal sealed class Relu6Op : ActivationOp
{
    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    public override void LaunchGradient<T>(IComputeBackend backend, View<T> dy, View<T> x, View<T> dx) =>
        backend.Binary(new HardTanhOp.GradientOperator<T>(T.Zero, T.CreateChecked(6)), dy, x, dx);

    public override Tensor ComposeGradient(Tensor dy, Tensor x) => Tensor.Where((x > 0) & (x < 6), dy, 0);

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static readonly T s_six = T.CreateChecked(6);

        public static bool IsVectorized => true;

        public T Invoke(T x) => new ClampOp.Operator<T>(Constants<T>.Zero, s_six).Invoke(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => new ClampOp.Operator<T>(Constants<T>.Zero, s_six).Invoke(x);
    }
}
