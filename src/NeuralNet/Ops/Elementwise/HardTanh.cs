using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Limits each element to a range: a hyperbolic tangent made of straight lines.</summary>
    /// <param name="min">The lower limit.</param>
    /// <param name="max">The upper limit.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = min(max(x, min), max); dy/dx = 1 between the limits, else 0, also at them. NaN stays NaN.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The lower limit is above the upper one.</exception>
    public Tensor HardTanh(double min = -1, double max = 1)
    {
        if (!(min <= max))
            throw new ArgumentOutOfRangeException(nameof(min), min, $"HardTanh: the lower limit {min} is above the upper limit {max}. Exchange them.");
        return Op.Apply(new HardTanhOp(min, max), this);
    }
}

internal sealed class HardTanhOp(double min, double max) : FloatingUnaryOp
{
    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) =>
        backend.Unary(new Operator<T>(T.CreateChecked(min), T.CreateChecked(max)), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) =>
        Tensor.Where((x > min) & (x < max), dy, 0);

    internal readonly struct Operator<T>(T min, T max) : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => new ClampOp.Operator<T>(min, max).Invoke(x);

        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => new ClampOp.Operator<T>(min, max).Invoke(x);
    }
}
