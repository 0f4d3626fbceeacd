using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>Straight to the right of 0, and a curve of eˣ − 1 to the left: y = right·x where x &gt; 0, else left·(e^(rate·x) − 1).</summary>
internal abstract class ExponentialUnitOp(double right, double left, double rate) : FloatingUnaryOp
{
    protected sealed override Saves Saves => Saves.First | Saves.Output;

    protected sealed override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) =>
        backend.Unary(new Operator<T>(T.CreateChecked(right), T.CreateChecked(left), T.CreateChecked(rate)), x, y);

    protected sealed override Tensor Backward(Tensor dy, Tensor x, Tensor y) =>
        Tensor.Where(x > 0, dy * right, dy * ((y + left) * rate));

    internal readonly struct Operator<T>(T right, T left, T rate) : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x) => x > Constants<T>.Zero ? right * x : left * new ExpM1Op.Operator<T>().Invoke(rate * x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector curve = TVector.Create(left) * new ExpM1Op.Operator<T>().Invoke(TVector.Create(rate) * x);
            return TVector.Select(TVector.Greater(x, TVector.Create(T.Zero)), TVector.Create(right) * x, curve);
        }
    }
}
