using System.Diagnostics;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>
/// Stands for the vector where there is none: kernels see a count of one and take the scalar form, so that no other member is ever reached.
/// Unlike a vector of one element it exists for every element type.
/// </summary>
internal readonly unsafe struct NoSimd<T> : ISimd<NoSimd<T>, T>
    where T : unmanaged
{
    public static int Count => 1;

    public static bool IsFused => false;

    public T this[int index] => throw new UnreachableException();

    public static NoSimd<T> operator +(NoSimd<T> a, NoSimd<T> b) => throw new UnreachableException();

    public static NoSimd<T> operator -(NoSimd<T> a, NoSimd<T> b) => throw new UnreachableException();

    public static NoSimd<T> operator *(NoSimd<T> a, NoSimd<T> b) => throw new UnreachableException();

    public static NoSimd<T> operator /(NoSimd<T> a, NoSimd<T> b) => throw new UnreachableException();

    public static NoSimd<T> operator -(NoSimd<T> x) => throw new UnreachableException();

    public static NoSimd<T> Create(T value) => throw new UnreachableException();

    public static NoSimd<T> CreateSingle(float value) => throw new UnreachableException();

    public static NoSimd<T> Load(T* source) => throw new UnreachableException();

    public static NoSimd<T> MultiplyAdd(NoSimd<T> a, NoSimd<T> b, NoSimd<T> c) => throw new UnreachableException();

    public static NoSimd<T> Sqrt(NoSimd<T> x) => throw new UnreachableException();

    public static NoSimd<T> Abs(NoSimd<T> x) => throw new UnreachableException();

    public static NoSimd<T> Floor(NoSimd<T> x) => throw new UnreachableException();

    public static NoSimd<T> Ceiling(NoSimd<T> x) => throw new UnreachableException();

    public static NoSimd<T> Round(NoSimd<T> x) => throw new UnreachableException();

    public static NoSimd<T> Truncate(NoSimd<T> x) => throw new UnreachableException();

    public static NoSimd<T> CopySign(NoSimd<T> magnitude, NoSimd<T> sign) => throw new UnreachableException();

    public static NoSimd<T> Larger(NoSimd<T> a, NoSimd<T> b) => throw new UnreachableException();

    public static NoSimd<T> Exp(NoSimd<T> x) => throw new UnreachableException();

    public static NoSimd<T> Log(NoSimd<T> x) => throw new UnreachableException();

    public static NoSimd<T> Log10(NoSimd<T> x) => throw new UnreachableException();

    public static NoSimd<T> Sin(NoSimd<T> x) => throw new UnreachableException();

    public static NoSimd<T> Cos(NoSimd<T> x) => throw new UnreachableException();

    public static NoSimd<T> Atan(NoSimd<T> x) => throw new UnreachableException();

    public static NoSimd<T> Tan(NoSimd<T> x) => throw new UnreachableException();

    public static NoSimd<T> Asin(NoSimd<T> x) => throw new UnreachableException();

    public static NoSimd<T> Acos(NoSimd<T> x) => throw new UnreachableException();

    public static NoSimd<T> PowerOfTwo(NoSimd<T> n) => throw new UnreachableException();

    public static NoSimd<T> Equal(NoSimd<T> a, NoSimd<T> b) => throw new UnreachableException();

    public static NoSimd<T> Greater(NoSimd<T> a, NoSimd<T> b) => throw new UnreachableException();

    public static NoSimd<T> GreaterOrEqual(NoSimd<T> a, NoSimd<T> b) => throw new UnreachableException();

    public ulong HighestBits() => throw new UnreachableException();

    public static bool GreaterOrEqualAll(NoSimd<T> a, NoSimd<T> b) => throw new UnreachableException();

    public static NoSimd<T> Split(NoSimd<T> x, out NoSimd<T> exponent) => throw new UnreachableException();

    public static NoSimd<T> Select(NoSimd<T> mask, NoSimd<T> a, NoSimd<T> b) => throw new UnreachableException();

    public void Store(T* destination) => throw new UnreachableException();

    public void StoreStreaming(T* destination) => throw new UnreachableException();
}
