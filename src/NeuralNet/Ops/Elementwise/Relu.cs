using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the rectified linear unit of each element.</summary>
    /// <returns>A tensor of the same shape, without negative elements.</returns>
    /// <remarks>y = max(x, 0), dy/dx = 1 where x &gt; 0, else 0, also at 0. NaN stays NaN.</remarks>
    /// <exception cref="DTypeException">The tensor is of Bool or a storage dtype.</exception>
    public Tensor Relu() => Op.Apply(new ReluOp(), this);
}

internal sealed class ReluOp : NumericUnaryOp, IResultActivation
{
    /// <summary>The function for products that apply it to their result.</summary>
    public static IResultActivation OfResult { get; } = new ReluOp();

    FusedActivation IResultActivation.InKernel => FusedActivation.Relu;

    protected override Saves Saves => Saves.Output;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    void IResultActivation.Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => Launch(backend, x, y);

    public Tensor Gradient(Tensor dy, Tensor y) => Apply(new ReluGradOp(), dy, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => Gradient(dy, y);

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => x <= Constants<T>.Zero ? Constants<T>.Zero : x;

        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector zero = TVector.Create(T.Zero);
            return TVector.Select(TVector.GreaterOrEqual(zero, x), zero, x);
        }
    }
}

/// <summary>dx = dy where y &gt; 0, else 0.</summary>
internal sealed class ReluGradOp : NumericBinaryOp
{
    protected override Saves Saves => Saves.Second;

    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y) =>
        backend.Binary(new Operator<T>(), a, b, y);

    protected override (Tensor? A, Tensor? B) Backward(Tensor dy, Tensor a, Tensor b, Tensor y) =>
        (Op.Apply(new ReluGradOp(), dy, b), null);

    internal readonly struct Operator<T> : IBinaryOperator<T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T dy, T y) => y <= Constants<T>.Zero ? Constants<T>.Zero : dy;

        public TVector Invoke<TVector>(TVector dy, TVector y)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector zero = TVector.Create(T.Zero);
            return TVector.Select(TVector.GreaterOrEqual(zero, y), zero, dy);
        }
    }
}
