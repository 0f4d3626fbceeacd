using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the cross-entropy of yes-or-no targets, from logits: what a sigmoid would be applied to.</summary>
    /// <param name="target">Probabilities t in [0, 1], of the same shape and dtype.</param>
    /// <returns>The losses, one for each element.</returns>
    /// <remarks>
    /// ℓ = (1 − t)·x + ln(1 + e⁻ˣ), written so that no exponential overflows; ∂ℓ/∂x = σ(x) − t, ∂ℓ/∂t = −x.
    /// <see cref="NeuralNet.BinaryCrossEntropyWithLogits"/> is the loss made of it, with weights.
    /// </remarks>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The dtypes differ or are not of floating point.</exception>
    public Tensor BinaryCrossEntropyWithLogits(Tensor target)
    {
        ArgumentNullException.ThrowIfNull(target);
        MeanSquaredErrorOp.RequireSameShape(nameof(BinaryCrossEntropyWithLogits), Shape, target.Shape);
        return Op.Apply(new BinaryCrossEntropyWithLogitsOp(), this, target);
    }
}

internal sealed class BinaryCrossEntropyWithLogitsOp : FloatingBinaryOp
{
    protected override Saves Saves => Saves.First | Saves.Second;

    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y) =>
        backend.Binary(new Operator<T>(), a, b, y);

    protected override (Tensor? A, Tensor? B) Backward(Tensor dy, Tensor a, Tensor b, Tensor y) => (
        NeedsGradient(0) ? dy * Apply(new BinaryCrossEntropyWithLogitsGradOp(), a, b) : null,
        NeedsGradient(1) ? -dy * a : null);

    /// <summary>ln(1 + e⁻ˣ) as max(−x, 0) + ln(1 + e^−|x|).</summary>
    internal readonly struct Operator<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x, T target)
        {
            T rest = new Log1POp.Operator<T>().Invoke(T.Exp(x < Constants<T>.Zero ? x : -x));
            return (Constants<T>.One - target) * x + ((x < Constants<T>.Zero ? -x : Constants<T>.Zero) + rest);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x, TVector target)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector zero = TVector.Create(T.Zero);
            TVector rest = new Log1POp.Operator<T>().Invoke(TVector.Exp(-TVector.Abs(x)));
            return (TVector.Create(T.One) - target) * x + (TVector.Select(TVector.Greater(zero, x), -x, zero) + rest);
        }
    }
}

/// <summary>σ(x) − t, where x ≥ 0 as (1 − t) − σ(−x): the slope of the loss, which for targets of 0 and 1 does not cancel.</summary>
internal sealed class BinaryCrossEntropyWithLogitsGradOp : FloatingBinaryOp
{
    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y) =>
        backend.Binary(new Operator<T>(), a, b, y);

    protected override (Tensor? A, Tensor? B) Backward(Tensor dy, Tensor a, Tensor b, Tensor y)
    {
        if (!NeedsGradient(0))
            return (null, NeedsGradient(1) ? -dy : null);
        return (dy * a.Sigmoid() * (-a).Sigmoid(), NeedsGradient(1) ? -dy : null);
    }

    internal readonly struct Operator<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x, T target)
        {
            T small = new SigmoidOp.Operator<T>().Invoke(x < Constants<T>.Zero ? x : -x);
            return x < Constants<T>.Zero ? small - target : Constants<T>.One - target - small;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x, TVector target)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector e = TVector.Exp(-TVector.Abs(x));
            TVector one = TVector.Create(T.One);
            TVector small = e / (one + e);
            return TVector.Select(TVector.Greater(TVector.Create(T.Zero), x), small - target, one - target - small);
        }
    }
}
