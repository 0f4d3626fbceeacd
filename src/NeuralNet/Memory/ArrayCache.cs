using System.Runtime.CompilerServices;

namespace NeuralNet.Memory;

/// <summary>
/// The arrays of small tensors. Those that are given back wait, on the thread that gave them back, for the next tensor of their size; an
/// array that nobody gave back is collected as any other.
/// </summary>
internal static class ArrayCache
{
    /// <summary>
    /// The largest array. Above, a pooled block with its finalizer is cheaper than an array that the collector has to make room for.
    /// </summary>
    public const int LargestLength = 4096;

    private const int ClassCount = 20;

    /// <summary>How many arrays of a size a thread keeps.</summary>
    private const int Depth = 16;

    [ThreadStatic]
    private static byte[]?[]? t_arrays;

    [ThreadStatic]
    private static SizeClassCounts t_counts;

    /// <summary>Gets an array of at least a length, with undefined contents.</summary>
    /// <param name="length">The length, up to <see cref="LargestLength"/>.</param>
    public static byte[] Rent(int length)
    {
        int sizeClass = SizeClasses.Of(length);
        ref int count = ref t_counts[sizeClass];
        if (count == 0)
            return GC.AllocateUninitializedArray<byte>((int)SizeClasses.BytesOf(sizeClass));
        ref byte[]? array = ref t_arrays![sizeClass * Depth + --count];
        byte[] rented = array!;
        array = null;
        return rented;
    }

    /// <summary>Takes back an array that <see cref="Rent"/> gave, and that nobody uses any more.</summary>
    public static void Return(byte[] array)
    {
        int sizeClass = SizeClasses.Of(array.Length);
        ref int count = ref t_counts[sizeClass];
        if (count == Depth)
            return;
        (t_arrays ??= new byte[]?[ClassCount * Depth])[sizeClass * Depth + count++] = array;
    }

    [InlineArray(ClassCount)]
    private struct SizeClassCounts
    {
        private int _first;
    }
}
