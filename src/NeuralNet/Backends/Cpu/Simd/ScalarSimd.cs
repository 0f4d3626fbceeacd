using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Simd;

/// <summary>A vector of one element: the reference for the others, and the path of machines without vectors.</summary>
internal readonly unsafe struct ScalarSimd<T>(T value) : ISimd<ScalarSimd<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _value = value;

    public static int Count => 1;

    public static bool IsFused => false;

    public T this[int index] => _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> operator +(ScalarSimd<T> a, ScalarSimd<T> b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> operator -(ScalarSimd<T> a, ScalarSimd<T> b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> operator *(ScalarSimd<T> a, ScalarSimd<T> b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> operator /(ScalarSimd<T> a, ScalarSimd<T> b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> operator -(ScalarSimd<T> x) => new(-x._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Create(T value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> CreateSingle(float value) => new(T.CreateTruncating(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Load(T* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> MultiplyAdd(ScalarSimd<T> a, ScalarSimd<T> b, ScalarSimd<T> c) =>
        new(T.MultiplyAddEstimate(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Sqrt(ScalarSimd<T> x) => new(T.Sqrt(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Abs(ScalarSimd<T> x) => new(T.Abs(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Floor(ScalarSimd<T> x) => new(T.Floor(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Ceiling(ScalarSimd<T> x) => new(T.Ceiling(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Round(ScalarSimd<T> x) => new(T.Round(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Truncate(ScalarSimd<T> x) => new(T.Truncate(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> CopySign(ScalarSimd<T> magnitude, ScalarSimd<T> sign) => new(T.CopySign(magnitude._value, sign._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Larger(ScalarSimd<T> a, ScalarSimd<T> b) => a._value > b._value ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Exp(ScalarSimd<T> x) => new(T.Exp(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Log(ScalarSimd<T> x) => new(T.Log(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Log10(ScalarSimd<T> x) => new(T.Log10(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Sin(ScalarSimd<T> x) => new(T.Sin(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Cos(ScalarSimd<T> x) => new(T.Cos(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Atan(ScalarSimd<T> x) => new(T.Atan(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Tan(ScalarSimd<T> x) => new(T.Tan(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Asin(ScalarSimd<T> x) => new(T.Asin(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Acos(ScalarSimd<T> x) => new(T.Acos(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> PowerOfTwo(ScalarSimd<T> n) => new(T.ScaleB(T.One, int.CreateTruncating(n._value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Equal(ScalarSimd<T> a, ScalarSimd<T> b) => Mask(a._value == b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Greater(ScalarSimd<T> a, ScalarSimd<T> b) => Mask(a._value > b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> GreaterOrEqual(ScalarSimd<T> a, ScalarSimd<T> b) => Mask(a._value >= b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong HighestBits() => T.IsNegative(_value) ? 1ul : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool GreaterOrEqualAll(ScalarSimd<T> a, ScalarSimd<T> b) => a._value >= b._value;

    public static ScalarSimd<T> Split(ScalarSimd<T> x, out ScalarSimd<T> exponent)
    {
        int n = T.ILogB(x._value);
        T fraction = T.ScaleB(x._value, -n);
        if (fraction * fraction >= T.One + T.One)
            fraction = T.ScaleB(x._value, -++n);
        exponent = new(T.CreateTruncating(n));
        return new(fraction);
    }

    /// <summary>A mask that holds is NaN, so it is told from zero by comparison.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarSimd<T> Select(ScalarSimd<T> mask, ScalarSimd<T> a, ScalarSimd<T> b) => mask._value == T.Zero ? b : a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* destination) => *destination = _value;

    public void StoreStreaming(T* destination) => *destination = _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ScalarSimd<T> Mask(bool condition) => new(condition ? T.NaN : T.Zero);
}
