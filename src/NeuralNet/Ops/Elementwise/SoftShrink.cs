using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Moves each element towards 0, and small ones to it.</summary>
    /// <param name="lambda">The distance λ, not negative.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = x − λ where x &gt; λ, x + λ where x &lt; −λ, else 0; dy/dx = 1, or 0 in [−λ, λ]. NaN stays NaN.</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative.</exception>
    public Tensor SoftShrink(double lambda = 0.5)
    {
        ShrinkOp.RequireLambda(nameof(SoftShrink), lambda);
        return Op.Apply(new SoftShrinkOp(lambda), this);
    }
}

internal sealed class SoftShrinkOp(double lambda) : ShrinkOp(lambda)
{
    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) =>
        backend.Unary(new Operator<T>(T.CreateChecked(Lambda)), x, y);

    internal readonly struct Operator<T>(T lambda) : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => x > lambda ? x - lambda : x < -lambda ? x + lambda : T.IsNaN(x) ? x : Constants<T>.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector limit = TVector.Create(lambda);
            TVector zero = TVector.Create(T.Zero);
            TVector y = TVector.Select(TVector.Equal(x, x), zero, x);
            y = TVector.Select(TVector.Greater(-limit, x), x + limit, y);
            return TVector.Select(TVector.Greater(x, limit), x - limit, y);
        }
    }
}
