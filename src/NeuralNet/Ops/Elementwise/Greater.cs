using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Tells where this tensor is larger, element by element, broadcast.</summary>
    /// <returns>A tensor of Bool, of the common shape.</returns>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are storage dtypes.</exception>
    public Tensor Greater(Tensor other) => Op.Apply(new GreaterOp(), this, other);

    /// <inheritdoc cref="Greater(Tensor)"/>
    public Tensor Greater(Scalar other) => Greater(OfScalar(other, this));

    /// <inheritdoc cref="Greater(Tensor)"/>
    public static Tensor operator >(Tensor a, Tensor b) => a.Greater(b);

    /// <inheritdoc cref="Greater(Tensor)"/>
    public static Tensor operator >(Tensor a, Scalar b) => a.Greater(b);
}

internal sealed class GreaterOp : ComparisonOp
{
    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<byte> y) =>
        backend.Compare(new Operator<T>(), a, b, y);

    internal readonly struct Operator<T> : IComparisonOperator<T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => true;

        public bool Invoke(T a, T b) => a > b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector a, TVector b)
            where TVector : struct, ISimd<TVector, T> => TVector.Greater(a, b);
    }
}
