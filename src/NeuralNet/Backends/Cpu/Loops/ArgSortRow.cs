using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>
/// Sorts along an axis, for a row of columns; operand 0 is x at the axis' first position, 1 is y. Short ones by insertion, long ones digit by
/// digit from the lowest: both keep the order of equals.
/// </summary>
internal readonly unsafe struct ArgSortRow<T, TKey>(BufferPool pool, SortAxis axis, bool descending) : IRowKernel
    where T : unmanaged, INumber<T>
    where TKey : unmanaged, IBinaryInteger<TKey>
{
    private const int LongestInsertion = 48;
    private const int DigitBits = 8;
    private const int Digits = 1 << DigitBits;

    public void Run(in Row row)
    {
        if (axis.Length <= LongestInsertion)
        {
            byte* small = stackalloc byte[LongestInsertion * (sizeof(TKey) + sizeof(int))];
            RunColumns(row, (TKey*)small, (int*)(small + LongestInsertion * sizeof(TKey)), null, null);
            return;
        }
        long bytes = 2L * axis.Length * (sizeof(TKey) + sizeof(int));
        NativeStorage rented = pool.Rent(bytes);
        TKey* keys = (TKey*)Unsafe.AsPointer(ref rented.Reference);
        TKey* otherKeys = keys + axis.Length;
        int* positions = (int*)(otherKeys + axis.Length);
        RunColumns(row, keys, positions, otherKeys, positions + axis.Length);
        rented.RemoveOwner();
    }

    private void RunColumns(in Row row, TKey* keys, int* positions, TKey* otherKeys, int* otherPositions)
    {
        for (nint column = 0; column < row.Count; column++)
        {
            Load(row.P0 + column * row.S0, axis.XStride, keys, positions, axis.Length, descending);
            int* sorted = positions;
            if (otherKeys is null)
                Insert(keys, positions, axis.Length);
            else
                sorted = SortByDigits(keys, positions, otherKeys, otherPositions, axis.Length);
            byte* y = row.P1 + column * row.S1;
            for (int i = 0; i < axis.Length; i++, y += axis.YStride)
                *(long*)y = sorted[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Load(byte* x, nint stride, TKey* keys, int* positions, int length, bool descending)
    {
        TKey flip = descending ? TKey.AllBitsSet : TKey.Zero;
        for (int i = 0; i < length; i++, x += stride)
        {
            keys[i] = SortKey<T, TKey>.Of(*(T*)x) ^ flip;
            positions[i] = i;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Insert(TKey* keys, int* positions, int length)
    {
        for (int i = 1; i < length; i++)
        {
            TKey key = keys[i];
            int position = positions[i];
            int j = i;
            for (; j > 0 && keys[j - 1] > key; j--)
            {
                keys[j] = keys[j - 1];
                positions[j] = positions[j - 1];
            }
            keys[j] = key;
            positions[j] = position;
        }
    }

    /// <summary>Sorts between two pairs of arrays; a digit that is the same in all keys costs nothing.</summary>
    /// <returns>The array that holds the positions in the end.</returns>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int* SortByDigits(TKey* keys, int* positions, TKey* otherKeys, int* otherPositions, int length)
    {
        int* starts = stackalloc int[Digits];
        for (int shift = 0; shift < sizeof(TKey) * 8; shift += DigitBits)
        {
            new Span<int>(starts, Digits).Clear();
            for (int i = 0; i < length; i++)
                starts[Digit(keys[i], shift)]++;
            if (starts[Digit(keys[0], shift)] == length)
                continue;
            int start = 0;
            for (int digit = 0; digit < Digits; digit++)
            {
                int count = starts[digit];
                starts[digit] = start;
                start += count;
            }
            for (int i = 0; i < length; i++)
            {
                int target = starts[Digit(keys[i], shift)]++;
                otherKeys[target] = keys[i];
                otherPositions[target] = positions[i];
            }
            TKey* sortedKeys = otherKeys;
            otherKeys = keys;
            keys = sortedKeys;
            int* sortedPositions = otherPositions;
            otherPositions = positions;
            positions = sortedPositions;
        }
        return positions;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Digit(TKey key, int shift) => int.CreateTruncating(key >> shift) & (Digits - 1);
}
