using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the hyperbolic sine of each element.</summary>
    /// <remarks>y = (eˣ − e⁻ˣ)/2, dy/dx = cosh x.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Sinh() => Op.Apply(new SinhOp(), this);
}

internal sealed class SinhOp : FloatingUnaryOp
{
    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => dy * x.Cosh();

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => typeof(T) == typeof(float);

        public T Invoke(T x) => T.Sinh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector half = TVector.CreateSingle(0.5f);
            TVector magnitude = TVector.Abs(x);
            TVector e = TVector.Exp(magnitude);
            TVector y = half * e - half / e;
            TVector limit = TVector.CreateSingle(88);
            if (!TVector.GreaterOrEqualAll(limit, magnitude))
            {
                // e^|x| overflows before its half does.
                TVector root = TVector.Exp(half * magnitude);
                y = TVector.Select(TVector.Greater(magnitude, limit), half * root * root, y);
            }
            // Up to 1, where the difference cancels, the series (Moshier's sinhf).
            TVector z = x * x;
            TVector p = TVector.MultiplyAdd(TVector.CreateSingle(2.03721912945e-4f), z, TVector.CreateSingle(8.33028376239e-3f));
            p = TVector.MultiplyAdd(p, z, TVector.CreateSingle(1.66667160211e-1f));
            TVector near = TVector.MultiplyAdd(p * z, magnitude, magnitude);
            return TVector.CopySign(TVector.Select(TVector.Greater(magnitude, TVector.CreateSingle(1)), y, near), x);
        }
    }
}
