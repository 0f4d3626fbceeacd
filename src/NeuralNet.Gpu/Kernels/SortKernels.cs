using System.Numerics;
using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>
/// Device code of <see cref="ISortKernels"/>. Rows of positions are sorted by a bitonic network, whose comparisons do not depend on the
/// numbers; of equal numbers the smaller position comes first, so that the order is a total one and the sort stable.
/// </summary>
/// <remarks>Source: K. Batcher, "Sorting networks and their applications", AFIPS 1968. Rows are padded to a power of two with positions beyond the end.</remarks>
internal static class SortKernels
{
    /// <summary>Numbers the positions of each row.</summary>
    public static void Number(long rows, long padded, ArrayView<long> order)
    {
        for (long i = GridLoop.Start; i < rows * padded; i += GridLoop.Step)
            order[i] = i % padded;
    }

    /// <summary>One step of the network: exchanges what stands <paramref name="distance"/> apart in blocks of <paramref name="block"/>.</summary>
    public static void Exchange<T>(
        long rows, long length, long padded, long block, long distance, int isDescending, ArrayView<T> x, ArrayView<long> order)
        where T : unmanaged, INumber<T>
    {
        long half = padded / 2;
        for (long i = GridLoop.Start; i < rows * half; i += GridLoop.Step)
        {
            long row = i / half;
            long pair = i % half;
            // The lower of two places that differ in one bit.
            long low = pair / distance * 2 * distance + pair % distance;
            long start = row * padded;
            long first = order[start + low];
            long second = order[start + low + distance];
            bool isRising = (low & block) == 0;
            if (IsAfter(first, second, length, isDescending, x, row * length) == isRising)
            {
                order[start + low] = second;
                order[start + low + distance] = first;
            }
        }
    }

    /// <summary>The number of elements of a sorted row that stand before each value.</summary>
    public static void SearchSorted<T>(
        DeviceShape shape,
        ArrayView<T> sorted,
        DeviceStrides sortedStrides,
        long length,
        long step,
        int right,
        ArrayView<T> values,
        DeviceStrides valueStrides,
        ArrayView<long> y,
        DeviceStrides yStrides)
        where T : unmanaged, INumber<T>
    {
        for (long i = GridLoop.Start; i < shape.Length; i += GridLoop.Step)
        {
            DevicePosition position = shape.Locate(i);
            T value = values[valueStrides.At(position)];
            long start = sortedStrides.At(position);
            long low = 0;
            long high = length;
            while (low < high)
            {
                long middle = (low + high) / 2;
                T element = sorted[start + middle * step];
                bool isBefore = right != 0 ? !IsBelow(value, element) : IsBelow(element, value);
                if (isBefore)
                    low = middle + 1;
                else
                    high = middle;
            }
            y[yStrides.At(position)] = low;
        }
    }

    /// <summary>Whether a &lt; b, where NaN is larger than all numbers.</summary>
    private static bool IsBelow<T>(T a, T b)
        where T : unmanaged, INumber<T> => a < b || (T.IsNaN(b) && !T.IsNaN(a));

    private static bool IsAfter<T>(long first, long second, long length, int isDescending, ArrayView<T> x, long start)
        where T : unmanaged, INumber<T>
    {
        // Padding is behind everything.
        if (first >= length || second >= length)
            return first > second;
        T a = x[start + first];
        T b = x[start + second];
        bool isLarger = isDescending != 0 ? IsBelow(a, b) : IsBelow(b, a);
        bool isSmaller = isDescending != 0 ? IsBelow(b, a) : IsBelow(a, b);
        return isLarger || (!isSmaller && first > second);
    }
}
