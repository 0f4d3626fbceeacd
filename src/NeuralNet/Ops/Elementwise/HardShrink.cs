using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Sets elements near 0 to 0.</summary>
    /// <param name="lambda">The limit λ, not negative.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = 0 where x is in [−λ, λ], else x; dy/dx = 0, or 1. NaN stays NaN.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative.</exception>
    public Tensor HardShrink(double lambda = 0.5)
    {
        ShrinkOp.RequireLambda(nameof(HardShrink), lambda);
        return Op.Apply(new HardShrinkOp(lambda), this);
    }
}

internal sealed class HardShrinkOp(double lambda) : ShrinkOp(lambda)
{
    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) =>
        backend.Unary(new Operator<T>(T.CreateChecked(Lambda)), x, y);

    internal readonly struct Operator<T>(T lambda) : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => x >= -lambda && x <= lambda ? Constants<T>.Zero : x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector limit = TVector.Create(lambda);
            return TVector.Select(TVector.GreaterOrEqual(limit, TVector.Abs(x)), TVector.Create(T.Zero), x);
        }
    }
}
