using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Backends.Cpu.Simd;

/// <summary>A vector of 512 bits (AVX-512).</summary>
internal readonly unsafe struct Vector512Simd<T>(Vector512<T> value) : ISimd<Vector512Simd<T>, T>
    where T : unmanaged
{
    private const float SingleMagic = 12582912f;
    private const double DoubleMagic = 6755399441055744d;

    private readonly Vector512<T> _value = value;

    public static int Count => Vector512<T>.Count;

    public static bool IsFused => Fma.IsSupported;

    public T this[int index] => _value.GetElement(index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> operator +(Vector512Simd<T> a, Vector512Simd<T> b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> operator -(Vector512Simd<T> a, Vector512Simd<T> b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> operator *(Vector512Simd<T> a, Vector512Simd<T> b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> operator /(Vector512Simd<T> a, Vector512Simd<T> b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> operator -(Vector512Simd<T> x) => new(-x._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Create(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> CreateSingle(float value) => new(Vector512.Create(value).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Load(T* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> MultiplyAdd(Vector512Simd<T> a, Vector512Simd<T> b, Vector512Simd<T> c)
    {
        if (typeof(T) == typeof(float))
            return new(Vector512.MultiplyAddEstimate(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector512.MultiplyAddEstimate(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>());
        return a * b + c;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Sqrt(Vector512Simd<T> x) => new(Vector512.Sqrt(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Abs(Vector512Simd<T> x) => new(Vector512.Abs(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Floor(Vector512Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(Vector512.Floor(x._value.AsSingle()).As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector512.Floor(x._value.AsDouble()).As<double, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Ceiling(Vector512Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(Vector512.Ceiling(x._value.AsSingle()).As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector512.Ceiling(x._value.AsDouble()).As<double, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Round(Vector512Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(Vector512.Round(x._value.AsSingle()).As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector512.Round(x._value.AsDouble()).As<double, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Truncate(Vector512Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(Vector512.Truncate(x._value.AsSingle()).As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector512.Truncate(x._value.AsDouble()).As<double, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> CopySign(Vector512Simd<T> magnitude, Vector512Simd<T> sign) => new(Vector512.CopySign(magnitude._value, sign._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Larger(Vector512Simd<T> a, Vector512Simd<T> b) => new(Vector512.MaxNative(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Exp(Vector512Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdExp.Invoke(new Vector512Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector512.Exp(x._value.AsDouble()).As<double, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Log(Vector512Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdLog.Invoke(new Vector512Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector512.Log(x._value.AsDouble()).As<double, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Log10(Vector512Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdLog.InvokeDecimal(new Vector512Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Sin(Vector512Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdSin.Invoke(new Vector512Simd<float>(x._value.AsSingle()), 0)._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Cos(Vector512Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdSin.Invoke(new Vector512Simd<float>(x._value.AsSingle()), 1)._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Atan(Vector512Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdAtan.Invoke(new Vector512Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Tan(Vector512Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdSin.Tangent(new Vector512Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Asin(Vector512Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdAsin.Invoke(new Vector512Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Acos(Vector512Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdAsin.Cosine(new Vector512Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> PowerOfTwo(Vector512Simd<T> n)
    {
        // Added to 1.5·2^p, p the bits of the fraction, an integer stands in the lowest bits; shifted, it becomes the exponent.
        if (typeof(T) == typeof(float))
            return new(Vector512.ShiftLeft((n._value.AsSingle() + Vector512.Create(SingleMagic + 127)).AsUInt32(), 23).As<uint, T>());
        if (typeof(T) == typeof(double))
            return new(Vector512.ShiftLeft((n._value.AsDouble() + Vector512.Create(DoubleMagic + 1023)).AsUInt64(), 52).As<ulong, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Equal(Vector512Simd<T> a, Vector512Simd<T> b) => new(Vector512.Equals(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Greater(Vector512Simd<T> a, Vector512Simd<T> b) => new(Vector512.GreaterThan(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> GreaterOrEqual(Vector512Simd<T> a, Vector512Simd<T> b) =>
        new(Vector512.GreaterThanOrEqual(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool GreaterOrEqualAll(Vector512Simd<T> a, Vector512Simd<T> b) => Vector512.GreaterThanOrEqualAll(a._value, b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Split(Vector512Simd<T> x, out Vector512Simd<T> exponent)
    {
        if (typeof(T) != typeof(float))
            throw new UnreachableException();
        Vector512<int> bits = x._value.AsInt32();
        Vector512<int> n = (bits - Vector512.Create(SimdLog.SqrtHalfBits)) >> 23;
        exponent = new(Vector512.ConvertToSingle(n).As<float, T>());
        return new((bits - (n << 23)).As<int, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512Simd<T> Select(Vector512Simd<T> mask, Vector512Simd<T> a, Vector512Simd<T> b) =>
        new(Vector512.ConditionalSelect(mask._value, a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong HighestBits() => _value.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* destination) => _value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreStreaming(T* destination) => _value.StoreAlignedNonTemporal(destination);
}
