using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes a swish made of a parabola between straight lines, of each element.</summary>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = x·min(max(x + 3, 0), 6)/6; dy/dx = x/3 + ½ in (−3, 3), 0 to the left of it and 1 to the right. Howard and others, "Searching for MobileNetV3", 2019.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor HardSwish() => Op.Apply(new HardSwishOp(), this);
}

internal sealed class HardSwishOp : FloatingUnaryOp
{
    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) =>
        Tensor.Where(x <= -3, 0, Tensor.Where(x < 3, dy * (x / 3 + 0.5), dy));

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static readonly T s_three = T.CreateChecked(3);
        private static readonly T s_six = T.CreateChecked(6);

        public static bool IsVectorized => true;

        public T Invoke(T x) => x * new ClampOp.Operator<T>(Constants<T>.Zero, s_six).Invoke(x + s_three) / s_six;

        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => x * new ClampOp.Operator<T>(Constants<T>.Zero, s_six).Invoke(x + TVector.Create(s_three)) / TVector.Create(s_six);
    }
}
