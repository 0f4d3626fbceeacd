using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>Reads and writes the first elements of a vector and touches no memory behind them: under a mask where the machine has masks.</summary>
internal static unsafe class PartialVector<T, TVector>
    where T : unmanaged
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>Reads this many elements; the others are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(T* source, int count)
    {
        if (Unsafe.SizeOf<TVector>() == 64 && Avx512F.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? Unsafe.BitCast<Vector512<float>, TVector>(Avx512F.MaskLoad((float*)source, Mask512(count).AsSingle(), default))
                : Unsafe.BitCast<Vector512<double>, TVector>(Avx512F.MaskLoad((double*)source, Mask512(2 * count).AsDouble(), default));
        }
        if (Unsafe.SizeOf<TVector>() == 32 && Avx.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? Unsafe.BitCast<Vector256<float>, TVector>(Avx.MaskLoad((float*)source, Mask256(count).AsSingle()))
                : Unsafe.BitCast<Vector256<double>, TVector>(Avx.MaskLoad((double*)source, Mask256(2 * count).AsDouble()));
        }
        TVector vector = default;
        new ReadOnlySpan<T>(source, count).CopyTo(Elements(ref vector));
        return vector;
    }

    /// <summary>Writes this many elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* destination, TVector vector, int count)
    {
        if (Unsafe.SizeOf<TVector>() == 64 && Avx512F.IsSupported)
        {
            if (typeof(T) == typeof(float))
                Avx512F.MaskStore((float*)destination, Mask512(count).AsSingle(), Unsafe.BitCast<TVector, Vector512<float>>(vector));
            else
                Avx512F.MaskStore((double*)destination, Mask512(2 * count).AsDouble(), Unsafe.BitCast<TVector, Vector512<double>>(vector));
        }
        else if (Unsafe.SizeOf<TVector>() == 32 && Avx.IsSupported)
        {
            if (typeof(T) == typeof(float))
                Avx.MaskStore((float*)destination, Mask256(count).AsSingle(), Unsafe.BitCast<TVector, Vector256<float>>(vector));
            else
                Avx.MaskStore((double*)destination, Mask256(2 * count).AsDouble(), Unsafe.BitCast<TVector, Vector256<double>>(vector));
        }
        else
        {
            Elements(ref vector)[..count].CopyTo(new Span<T>(destination, count));
        }
    }

    /// <summary>Reads a whole vector, or what is left of a row; the other elements are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LoadLeft(T* source, nint left) => left >= TVector.Count ? TVector.Load(source) : Load(source, (int)left);

    /// <summary>Writes a whole vector, or what is left of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLeft(T* destination, TVector vector, nint left)
    {
        if (left >= TVector.Count)
            vector.Store(destination);
        else
            Store(destination, vector, (int)left);
    }

    private static Span<T> Elements(ref TVector vector) => MemoryMarshal.CreateSpan(ref Unsafe.As<TVector, T>(ref vector), TVector.Count);

    /// <summary>All bits of the first units of 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Mask512(int units) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(units));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Mask256(int units) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(units));
}
