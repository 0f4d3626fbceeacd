using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>Finds places in sorted rows by bisection; operand 0 is y, 1 the values, 2 the sorted row of each.</summary>
internal readonly unsafe struct SearchRow<T>(nint stride, long length, bool right) : IRowKernel
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(in Row row)
    {
        for (nint i = 0; i < row.Count; i++)
            *(long*)(row.P0 + i * row.S0) = Find(row.P2 + i * row.S2, *(T*)(row.P1 + i * row.S1));
    }

    private long Find(byte* sorted, T value)
    {
        long low = 0;
        long high = length;
        while (low < high)
        {
            long middle = low + (high - low) / 2;
            T element = *(T*)(sorted + (nint)middle * stride);
            // NaN stands behind all numbers.
            bool isBefore = right
                ? !(element > value) && (!T.IsNaN(element) || T.IsNaN(value))
                : element < value || (T.IsNaN(value) && !T.IsNaN(element));
            if (isBefore)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
