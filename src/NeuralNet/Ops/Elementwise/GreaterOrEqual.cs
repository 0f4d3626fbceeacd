using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Tells where this tensor is larger or equal, element by element, broadcast.</summary>
    /// <returns>A tensor of Bool, of the common shape.</returns>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are storage dtypes.</exception>
    public Tensor GreaterOrEqual(Tensor other) => Op.Apply(new GreaterOrEqualOp(), this, other);

    /// <inheritdoc cref="GreaterOrEqual(Tensor)"/>
    public Tensor GreaterOrEqual(Scalar other) => GreaterOrEqual(OfScalar(other, this));

    /// <inheritdoc cref="GreaterOrEqual(Tensor)"/>
    public static Tensor operator >=(Tensor a, Tensor b) => a.GreaterOrEqual(b);

    /// <inheritdoc cref="GreaterOrEqual(Tensor)"/>
    public static Tensor operator >=(Tensor a, Scalar b) => a.GreaterOrEqual(b);
}

internal sealed class GreaterOrEqualOp : ComparisonOp
{
    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<byte> y) =>
        backend.Compare(new Operator<T>(), a, b, y);

    internal readonly struct Operator<T> : IComparisonOperator<T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => true;

        public bool Invoke(T a, T b) => a >= b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector a, TVector b)
            where TVector : struct, ISimd<TVector, T> => TVector.GreaterOrEqual(a, b);
    }
}
