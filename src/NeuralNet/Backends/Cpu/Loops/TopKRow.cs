using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>
/// Selects along an axis, for a row of columns; operand 0 is x at the axis' first position, 1 is y. The best so far stand in a heap with the
/// worst of them on top, which most elements are compared with alone.
/// </summary>
internal readonly unsafe struct TopKRow<T, TKey>(BufferPool pool, SortAxis axis, bool largest) : IRowKernel
    where T : unmanaged, INumber<T>
    where TKey : unmanaged, IBinaryInteger<TKey>
{
    public void Run(in Row row)
    {
        NativeStorage rented = pool.Rent((long)axis.Count * (sizeof(TKey) + sizeof(int)));
        TKey* keys = (TKey*)Unsafe.AsPointer(ref rented.Reference);
        int* positions = (int*)(keys + axis.Count);
        for (nint column = 0; column < row.Count; column++)
        {
            Select(row.P0 + column * row.S0, keys, positions);
            byte* y = row.P1 + column * row.S1;
            // The top is the worst, so the heap empties from behind.
            for (int count = axis.Count; count > 0; count--)
            {
                *(long*)(y + (count - 1) * axis.YStride) = positions[0];
                (keys[0], positions[0]) = (keys[count - 1], positions[count - 1]);
                SiftDown(keys, positions, 0, count - 1);
            }
        }
        rented.RemoveOwner();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Select(byte* x, TKey* keys, int* positions)
    {
        // Of flipped keys the smallest are the best, of equal ones the first.
        TKey flip = largest ? TKey.AllBitsSet : TKey.Zero;
        int count = axis.Count;
        for (int i = 0; i < count; i++, x += axis.XStride)
        {
            keys[i] = SortKey<T, TKey>.Of(*(T*)x) ^ flip;
            positions[i] = i;
        }
        for (int i = count / 2 - 1; i >= 0; i--)
            SiftDown(keys, positions, i, count);
        for (int i = count; i < axis.Length; i++, x += axis.XStride)
        {
            TKey key = SortKey<T, TKey>.Of(*(T*)x) ^ flip;
            // A later equal is worse.
            if (key >= keys[0])
                continue;
            keys[0] = key;
            positions[0] = i;
            SiftDown(keys, positions, 0, count);
        }
    }

    private static void SiftDown(TKey* keys, int* positions, int i, int count)
    {
        while (true)
        {
            int child = 2 * i + 1;
            if (child >= count)
                return;
            if (child + 1 < count && IsWorse(keys, positions, child + 1, child))
                child++;
            if (!IsWorse(keys, positions, child, i))
                return;
            (keys[i], keys[child]) = (keys[child], keys[i]);
            (positions[i], positions[child]) = (positions[child], positions[i]);
            i = child;
        }
    }

    private static bool IsWorse(TKey* keys, int* positions, int a, int b) =>
        keys[a] > keys[b] || (keys[a] == keys[b] && positions[a] > positions[b]);
}
