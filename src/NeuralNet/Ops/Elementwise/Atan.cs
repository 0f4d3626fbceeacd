using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the angle in radians whose tangent is each element.</summary>
    /// <remarks>y = arctan x in [−π/2, π/2], dy/dx = 1/(1 + x²).</remarks>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    public Tensor Atan() => Op.Apply(new AtanOp(), this);
}

internal sealed class AtanOp : FloatingUnaryOp
{
    protected override Saves Saves => Saves.First;

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) => backend.Unary(new Operator<T>(), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => dy / (1 + x * x);

    internal readonly struct Operator<T> : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => typeof(T) == typeof(float);

        public T Invoke(T x) => T.Atan(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T> => TVector.Atan(x);
    }
}
