using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet.Tests.Backends;

internal readonly struct SubtractOperator<T> : IBinaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static bool IsVectorized => typeof(T) == typeof(float) || typeof(T) == typeof(double);

    public T Invoke(T a, T b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector a, TVector b)
        where TVector : struct, ISimd<TVector, T> => a - b;
}

internal readonly struct ExpOperator : IUnaryOperator<float>
{
    public static bool IsVectorized => true;

    public float Invoke(float x) => MathF.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimd<TVector, float> => TVector.Exp(x);
}

/// <summary>2x + 1, without a vector form for integers.</summary>
internal readonly struct AffineOperator<T> : IUnaryOperator<T>
    where T : unmanaged, INumber<T>
{
    public static bool IsVectorized => typeof(T) == typeof(float) || typeof(T) == typeof(double);

    public T Invoke(T x) => x + x + Constants<T>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimd<TVector, T> => x + x + TVector.Create(Constants<T>.One);
}

internal readonly struct GreaterOperator<T> : IComparisonOperator<T>
    where T : unmanaged, INumber<T>
{
    public bool Invoke(T a, T b) => a > b;
}

internal readonly struct TruncateOperator : IConversionOperator<float, long>
{
    public long Invoke(float x) => (long)(x * 100);
}

internal readonly struct SumOperator<T> : IReductionOperator<T, T>
    where T : unmanaged, INumber<T>
{
    public static bool IsVectorized => true;

    public T Identity => Constants<T>.Zero;

    public T Lift(T x) => x;

    public T Combine(T a, T b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Combine<TVector>(TVector a, TVector b)
        where TVector : struct, ISimd<TVector, T> => a + b;
}

/// <summary>Sums integers in 64 bits.</summary>
internal readonly struct WideSumOperator : IReductionOperator<int, long>
{
    public long Identity => 0;

    public long Lift(int x) => x;

    public long Combine(long a, long b) => a + b;
}

/// <summary>The largest element; NaN wins over all.</summary>
internal readonly struct MaximumOperator : IReductionOperator<float, float>
{
    public static bool IsVectorized => true;

    public float Identity => float.NegativeInfinity;

    public float Lift(float x) => x;

    public float Combine(float a, float b) => a >= b || float.IsNaN(a) ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Combine<TVector>(TVector a, TVector b)
        where TVector : struct, ISimd<TVector, float> =>
        TVector.Select(TVector.GreaterOrEqual(a, b), a, TVector.Select(TVector.Equal(a, a), b, a));
}
