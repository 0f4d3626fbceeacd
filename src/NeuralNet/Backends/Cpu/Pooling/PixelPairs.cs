using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Backends.Cpu.Pooling;

/// <summary>
/// The order of elements by which several windows of two pixels share a vector, where a pixel's channels fill at most half of it: two vectors of a line become
/// one of its even pixels and one of its odd ones, and back.
/// </summary>
internal readonly unsafe struct PixelPairs<T, TVector>
    where T : unmanaged
    where TVector : struct, ISimd<TVector, T>
{
    private readonly TVector _even;
    private readonly TVector _odd;
    private readonly TVector _low;
    private readonly TVector _high;

    /// <param name="channels">The channels of a pixel.</param>
    [SkipLocalsInit]
    public PixelPairs(nint channels)
    {
        int count = TVector.Count;
        T* order = stackalloc T[4 * count];
        nint channel = 0, first = 0;
        for (nint i = 0; i < count; i++)
        {
            Set(order, i, first + channel);
            Set(order, count + i, first + channel + channels);
            if (++channel < channels)
                continue;
            channel = 0;
            first += 2 * channels;
        }
        (channel, first) = (0, 0);
        nint other = count;
        for (nint i = 0; i < 2 * count; i++)
        {
            Set(order, 2 * count + i, first + channel);
            if (++channel < channels)
                continue;
            channel = 0;
            (first, other) = (other, first + channels);
        }
        _even = TVector.Load(order);
        _odd = TVector.Load(order + count);
        _low = TVector.Load(order + 2 * count);
        _high = TVector.Load(order + 3 * count);
    }

    /// <summary>Whether the machine can reorder two vectors at once, and several windows fit in.</summary>
    public static bool Serves(nint channels) => Unsafe.SizeOf<TVector>() == 64 && Avx512F.IsSupported && 2 * channels <= TVector.Count;

    /// <summary>The even pixels of two neighbouring vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Even(TVector low, TVector high) => Permute(low, _even, high);

    /// <summary>The odd pixels of two neighbouring vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Odd(TVector low, TVector high) => Permute(low, _odd, high);

    /// <summary>The first of the two neighbouring vectors that even and odd pixels make.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Low(TVector even, TVector odd) => Permute(even, _low, odd);

    /// <summary>The second of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector High(TVector even, TVector odd) => Permute(even, _high, odd);

    private static void Set(T* order, nint place, nint index)
    {
        if (sizeof(T) == sizeof(int))
            ((int*)order)[place] = (int)index;
        else
            ((long*)order)[place] = index;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Permute(TVector lower, TVector order, TVector upper) => typeof(T) == typeof(float)
        ? Unsafe.BitCast<Vector512<float>, TVector>(Avx512F.PermuteVar16x32x2(
            Unsafe.BitCast<TVector, Vector512<float>>(lower),
            Unsafe.BitCast<TVector, Vector512<int>>(order),
            Unsafe.BitCast<TVector, Vector512<float>>(upper)))
        : Unsafe.BitCast<Vector512<double>, TVector>(Avx512F.PermuteVar8x64x2(
            Unsafe.BitCast<TVector, Vector512<double>>(lower),
            Unsafe.BitCast<TVector, Vector512<long>>(order),
            Unsafe.BitCast<TVector, Vector512<double>>(upper)));
}
