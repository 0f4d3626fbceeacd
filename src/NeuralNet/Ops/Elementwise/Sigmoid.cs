using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the logistic function of each element.</summary>
    /// <returns>A tensor of the same shape, with every element in [0, 1].</returns>
    /// <remarks>y = 1/(1 + e⁻ˣ), dy/dx = y·(1 − y).</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Sigmoid() => Op.Apply(new SigmoidOp(), this);
}

internal sealed class SigmoidOp : FloatingUnaryOp, IResultActivation
{
    /// <summary>The function for products that apply it to their result.</summary>
    public static IResultActivation OfResult { get; } = new SigmoidOp();

    FusedActivation IResultActivation.InKernel => FusedActivation.None;

    protected override Saves Saves => Saves.Output;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    void IResultActivation.Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => Launch(backend, x, y);

    public Tensor Gradient(Tensor dy, Tensor y) => Apply(new SigmoidGradOp(), dy, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => Gradient(dy, y);

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        // By e^(−|x|), which never overflows, so that the small results of large negative numbers are as accurate as all others.
        public T Invoke(T x)
        {
            T e = T.Exp(x < Constants<T>.Zero ? x : -x);
            return (x < Constants<T>.Zero ? e : Constants<T>.One) / (Constants<T>.One + e);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector one = TVector.Create(T.One);
            TVector e = TVector.Exp(-TVector.Abs(x));
            return TVector.Select(TVector.Greater(TVector.Create(T.Zero), x), e, one) / (one + e);
        }
    }
}

/// <summary>dy · y · (1 − y), in one pass.</summary>
internal sealed class SigmoidGradOp : FloatingBinaryOp
{
    protected override Saves Saves => Saves.First | Saves.Second;

    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y) =>
        backend.Binary(new Operator<T>(), a, b, y);

    protected override (Tensor? A, Tensor? B) Backward(Tensor dy, Tensor a, Tensor b, Tensor y) =>
        (NeedsGradient(0) ? Apply(new SigmoidGradOp(), dy, b) : null, NeedsGradient(1) ? dy * a * (1 - 2 * b) : null);

    internal readonly struct Operator<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T dy, T y) => dy * y * (Constants<T>.One - y);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector dy, TVector y)
            where TVector : struct, ISimd<TVector, T> => dy * y * (TVector.Create(T.One) - y);
    }
}
