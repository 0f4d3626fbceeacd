using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the number whose hyperbolic tangent is each element.</summary>
    /// <remarks>y = ½·ln((1 + x)/(1 − x)), dy/dx = 1/(1 − x²). ±∞ at ±1; NaN outside.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Atanh() => Op.Apply(new AtanhOp(), this);
}

internal sealed class AtanhOp : FloatingUnaryOp
{
    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => dy / ((1 - x) * (1 + x));

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => typeof(T) == typeof(float);

        public T Invoke(T x) => T.Atanh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            // ½·ln((1 + x)/(1 − x)), without cancellation near 0.
            TVector magnitude = TVector.Abs(x);
            TVector ratio = (magnitude + magnitude) / (TVector.CreateSingle(1) - magnitude);
            return TVector.CopySign(TVector.CreateSingle(0.5f) * default(Log1POp.Operator<T>).Invoke(ratio), x);
        }
    }
}
