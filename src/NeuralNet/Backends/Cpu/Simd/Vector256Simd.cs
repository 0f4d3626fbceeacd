using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Backends.Cpu.Simd;

/// <summary>A vector of 256 bits (AVX2).</summary>
internal readonly unsafe struct Vector256Simd<T>(Vector256<T> value) : ISimd<Vector256Simd<T>, T>
    where T : unmanaged
{
    private const float SingleMagic = 12582912f;
    private const double DoubleMagic = 6755399441055744d;

    private readonly Vector256<T> _value = value;

    public static int Count => Vector256<T>.Count;

    public static bool IsFused => Fma.IsSupported;

    public T this[int index] => _value.GetElement(index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> operator +(Vector256Simd<T> a, Vector256Simd<T> b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> operator -(Vector256Simd<T> a, Vector256Simd<T> b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> operator *(Vector256Simd<T> a, Vector256Simd<T> b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> operator /(Vector256Simd<T> a, Vector256Simd<T> b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> operator -(Vector256Simd<T> x) => new(-x._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Create(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> CreateSingle(float value) => new(Vector256.Create(value).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Load(T* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> MultiplyAdd(Vector256Simd<T> a, Vector256Simd<T> b, Vector256Simd<T> c)
    {
        if (typeof(T) == typeof(float))
            return new(Vector256.MultiplyAddEstimate(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector256.MultiplyAddEstimate(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>());
        return a * b + c;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Sqrt(Vector256Simd<T> x) => new(Vector256.Sqrt(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Abs(Vector256Simd<T> x) => new(Vector256.Abs(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Floor(Vector256Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(Vector256.Floor(x._value.AsSingle()).As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector256.Floor(x._value.AsDouble()).As<double, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Ceiling(Vector256Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(Vector256.Ceiling(x._value.AsSingle()).As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector256.Ceiling(x._value.AsDouble()).As<double, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Round(Vector256Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(Vector256.Round(x._value.AsSingle()).As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector256.Round(x._value.AsDouble()).As<double, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Truncate(Vector256Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(Vector256.Truncate(x._value.AsSingle()).As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector256.Truncate(x._value.AsDouble()).As<double, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> CopySign(Vector256Simd<T> magnitude, Vector256Simd<T> sign) => new(Vector256.CopySign(magnitude._value, sign._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Larger(Vector256Simd<T> a, Vector256Simd<T> b) => new(Vector256.MaxNative(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Exp(Vector256Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdExp.Invoke(new Vector256Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector256.Exp(x._value.AsDouble()).As<double, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Log(Vector256Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdLog.Invoke(new Vector256Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector256.Log(x._value.AsDouble()).As<double, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Log10(Vector256Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdLog.InvokeDecimal(new Vector256Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Sin(Vector256Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdSin.Invoke(new Vector256Simd<float>(x._value.AsSingle()), 0)._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Cos(Vector256Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdSin.Invoke(new Vector256Simd<float>(x._value.AsSingle()), 1)._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Atan(Vector256Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdAtan.Invoke(new Vector256Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Tan(Vector256Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdSin.Tangent(new Vector256Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Asin(Vector256Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdAsin.Invoke(new Vector256Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Acos(Vector256Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdAsin.Cosine(new Vector256Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> PowerOfTwo(Vector256Simd<T> n)
    {
        // Added to 1.5·2^p, p the bits of the fraction, an integer stands in the lowest bits; shifted, it becomes the exponent.
        if (typeof(T) == typeof(float))
            return new(Vector256.ShiftLeft((n._value.AsSingle() + Vector256.Create(SingleMagic + 127)).AsUInt32(), 23).As<uint, T>());
        if (typeof(T) == typeof(double))
            return new(Vector256.ShiftLeft((n._value.AsDouble() + Vector256.Create(DoubleMagic + 1023)).AsUInt64(), 52).As<ulong, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Equal(Vector256Simd<T> a, Vector256Simd<T> b) => new(Vector256.Equals(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Greater(Vector256Simd<T> a, Vector256Simd<T> b) => new(Vector256.GreaterThan(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> GreaterOrEqual(Vector256Simd<T> a, Vector256Simd<T> b) =>
        new(Vector256.GreaterThanOrEqual(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool GreaterOrEqualAll(Vector256Simd<T> a, Vector256Simd<T> b) => Vector256.GreaterThanOrEqualAll(a._value, b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Split(Vector256Simd<T> x, out Vector256Simd<T> exponent)
    {
        if (typeof(T) != typeof(float))
            throw new UnreachableException();
        Vector256<int> bits = x._value.AsInt32();
        Vector256<int> n = (bits - Vector256.Create(SimdLog.SqrtHalfBits)) >> 23;
        exponent = new(Vector256.ConvertToSingle(n).As<float, T>());
        return new((bits - (n << 23)).As<int, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256Simd<T> Select(Vector256Simd<T> mask, Vector256Simd<T> a, Vector256Simd<T> b) =>
        new(Vector256.ConditionalSelect(mask._value, a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong HighestBits() => _value.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* destination) => _value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreStreaming(T* destination) => _value.StoreAlignedNonTemporal(destination);
}
