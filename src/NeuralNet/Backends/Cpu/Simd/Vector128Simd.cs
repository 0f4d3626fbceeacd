using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Backends.Cpu.Simd;

/// <summary>A vector of 128 bits (SSE, NEON, WASM SIMD).</summary>
internal readonly unsafe struct Vector128Simd<T>(Vector128<T> value) : ISimd<Vector128Simd<T>, T>
    where T : unmanaged
{
    private const float SingleMagic = 12582912f;
    private const double DoubleMagic = 6755399441055744d;

    private readonly Vector128<T> _value = value;

    public static int Count => Vector128<T>.Count;

    public static bool IsFused => Fma.IsSupported || AdvSimd.IsSupported;

    public T this[int index] => _value.GetElement(index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> operator +(Vector128Simd<T> a, Vector128Simd<T> b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> operator -(Vector128Simd<T> a, Vector128Simd<T> b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> operator *(Vector128Simd<T> a, Vector128Simd<T> b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> operator /(Vector128Simd<T> a, Vector128Simd<T> b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> operator -(Vector128Simd<T> x) => new(-x._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Create(T value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> CreateSingle(float value) => new(Vector128.Create(value).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Load(T* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> MultiplyAdd(Vector128Simd<T> a, Vector128Simd<T> b, Vector128Simd<T> c)
    {
        if (typeof(T) == typeof(float))
            return new(Vector128.MultiplyAddEstimate(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector128.MultiplyAddEstimate(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>());
        return a * b + c;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Sqrt(Vector128Simd<T> x) => new(Vector128.Sqrt(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Abs(Vector128Simd<T> x) => new(Vector128.Abs(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Floor(Vector128Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(Vector128.Floor(x._value.AsSingle()).As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector128.Floor(x._value.AsDouble()).As<double, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Ceiling(Vector128Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(Vector128.Ceiling(x._value.AsSingle()).As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector128.Ceiling(x._value.AsDouble()).As<double, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Round(Vector128Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(Vector128.Round(x._value.AsSingle()).As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector128.Round(x._value.AsDouble()).As<double, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Truncate(Vector128Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(Vector128.Truncate(x._value.AsSingle()).As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector128.Truncate(x._value.AsDouble()).As<double, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> CopySign(Vector128Simd<T> magnitude, Vector128Simd<T> sign) => new(Vector128.CopySign(magnitude._value, sign._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Larger(Vector128Simd<T> a, Vector128Simd<T> b)
    {
        // Other processors answer otherwise where one is NaN.
        if (Sse2.IsSupported)
            return new(Vector128.MaxNative(a._value, b._value));
        return Select(Greater(a, b), a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Exp(Vector128Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdExp.Invoke(new Vector128Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector128.Exp(x._value.AsDouble()).As<double, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Log(Vector128Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdLog.Invoke(new Vector128Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        if (typeof(T) == typeof(double))
            return new(Vector128.Log(x._value.AsDouble()).As<double, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Log10(Vector128Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdLog.InvokeDecimal(new Vector128Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Sin(Vector128Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdSin.Invoke(new Vector128Simd<float>(x._value.AsSingle()), 0)._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Cos(Vector128Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdSin.Invoke(new Vector128Simd<float>(x._value.AsSingle()), 1)._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Atan(Vector128Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdAtan.Invoke(new Vector128Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Tan(Vector128Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdSin.Tangent(new Vector128Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Asin(Vector128Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdAsin.Invoke(new Vector128Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Acos(Vector128Simd<T> x)
    {
        if (typeof(T) == typeof(float))
            return new(SimdAsin.Cosine(new Vector128Simd<float>(x._value.AsSingle()))._value.As<float, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> PowerOfTwo(Vector128Simd<T> n)
    {
        // Added to 1.5·2^p, p the bits of the fraction, an integer stands in the lowest bits; shifted, it becomes the exponent.
        if (typeof(T) == typeof(float))
            return new(Vector128.ShiftLeft((n._value.AsSingle() + Vector128.Create(SingleMagic + 127)).AsUInt32(), 23).As<uint, T>());
        if (typeof(T) == typeof(double))
            return new(Vector128.ShiftLeft((n._value.AsDouble() + Vector128.Create(DoubleMagic + 1023)).AsUInt64(), 52).As<ulong, T>());
        throw new UnreachableException();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Equal(Vector128Simd<T> a, Vector128Simd<T> b) => new(Vector128.Equals(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Greater(Vector128Simd<T> a, Vector128Simd<T> b) => new(Vector128.GreaterThan(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> GreaterOrEqual(Vector128Simd<T> a, Vector128Simd<T> b) =>
        new(Vector128.GreaterThanOrEqual(a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool GreaterOrEqualAll(Vector128Simd<T> a, Vector128Simd<T> b) => Vector128.GreaterThanOrEqualAll(a._value, b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Split(Vector128Simd<T> x, out Vector128Simd<T> exponent)
    {
        if (typeof(T) != typeof(float))
            throw new UnreachableException();
        Vector128<int> bits = x._value.AsInt32();
        Vector128<int> n = (bits - Vector128.Create(SimdLog.SqrtHalfBits)) >> 23;
        exponent = new(Vector128.ConvertToSingle(n).As<float, T>());
        return new((bits - (n << 23)).As<int, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128Simd<T> Select(Vector128Simd<T> mask, Vector128Simd<T> a, Vector128Simd<T> b) =>
        new(Vector128.ConditionalSelect(mask._value, a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong HighestBits() => _value.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* destination) => _value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreStreaming(T* destination) => _value.StoreAlignedNonTemporal(destination);
}
