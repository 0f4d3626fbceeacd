using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the hyperbolic cosine of each element.</summary>
    /// <remarks>y = (eˣ + e⁻ˣ)/2, dy/dx = sinh x.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Cosh() => Op.Apply(new CoshOp(), this);
}

internal sealed class CoshOp : FloatingUnaryOp
{
    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => dy * x.Sinh();

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => typeof(T) == typeof(float);

        public T Invoke(T x) => T.Cosh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector half = TVector.CreateSingle(0.5f);
            TVector magnitude = TVector.Abs(x);
            TVector e = TVector.Exp(magnitude);
            TVector y = half * e + half / e;
            TVector limit = TVector.CreateSingle(88);
            if (TVector.GreaterOrEqualAll(limit, magnitude))
                return y;
            // e^|x| overflows before its half does.
            TVector root = TVector.Exp(half * magnitude);
            return TVector.Select(TVector.Greater(magnitude, limit), half * root * root, y);
        }
    }
}
