using System.Numerics;
using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>
/// Device code of <see cref="IPoolingKernels"/>. Each axis has a list of its windows: their starts and their counts, and for each element
/// of x the first and the last window that has it.
/// </summary>
internal static class PoolingKernels
{
    public static void MaxPool<T>(
        PoolingSizes sizes, ArrayView<long> windows0, ArrayView<long> windows1, ArrayView<long> windows2, ArrayView<T> x, ArrayView<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long i = GridLoop.Start; i < sizes.YLength; i += GridLoop.Step)
        {
            int channel = (int)(i % sizes.Channels);
            var window = SpatialPlace.Of((int)(i / sizes.Channels), sizes.Y);
            long best = Largest(sizes, windows0, windows1, windows2, x, window, channel);
            y[sizes.YStrides.At(window.Outer, channel, window.Place0, window.Place1, window.Place2)] =
                best < 0 ? Constants<T>.Lowest : x[At(sizes, window.Outer, channel, best)];
        }
    }

    public static void MaxPoolIndices<T>(
        PoolingSizes sizes, ArrayView<long> windows0, ArrayView<long> windows1, ArrayView<long> windows2, ArrayView<T> x, ArrayView<long> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long i = GridLoop.Start; i < sizes.YLength; i += GridLoop.Step)
        {
            int channel = (int)(i % sizes.Channels);
            var window = SpatialPlace.Of((int)(i / sizes.Channels), sizes.Y);
            long best = Largest(sizes, windows0, windows1, windows2, x, window, channel);
            y[sizes.YStrides.At(window.Outer, channel, window.Place0, window.Place1, window.Place2)] = best < 0 ? 0 : best;
        }
    }

    /// <summary>Each element of x gathers from the windows that have it and in which it is the largest.</summary>
    public static void MaxPoolGradient<T>(
        PoolingSizes sizes,
        ArrayView<long> windows0,
        ArrayView<long> windows1,
        ArrayView<long> windows2,
        ArrayView<T> dy,
        ArrayView<long> indices,
        ImageStrides indexStrides,
        ArrayView<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long i = GridLoop.Start; i < sizes.XLength; i += GridLoop.Step)
        {
            int channel = (int)(i % sizes.Channels);
            int number = (int)(i / sizes.Channels);
            var pixel = SpatialPlace.Of(number, sizes.X);
            long place = number % sizes.X.Length;
            T sum = T.Zero;
            for (int w0 = First(windows0, sizes.Y.Axis0, pixel.Place0); w0 <= Last(windows0, sizes.Y.Axis0, sizes.X.Axis0, pixel.Place0); w0++)
            {
                for (int w1 = First(windows1, sizes.Y.Axis1, pixel.Place1); w1 <= Last(windows1, sizes.Y.Axis1, sizes.X.Axis1, pixel.Place1); w1++)
                {
                    for (int w2 = First(windows2, sizes.Y.Axis2, pixel.Place2); w2 <= Last(windows2, sizes.Y.Axis2, sizes.X.Axis2, pixel.Place2); w2++)
                    {
                        if (indices[indexStrides.At(pixel.Outer, channel, w0, w1, w2)] == place
                            && Has(windows0, sizes.Y.Axis0, sizes.Dilation.Axis0, w0, pixel.Place0)
                            && Has(windows1, sizes.Y.Axis1, sizes.Dilation.Axis1, w1, pixel.Place1)
                            && Has(windows2, sizes.Y.Axis2, sizes.Dilation.Axis2, w2, pixel.Place2))
                        {
                            sum += dy[sizes.YStrides.At(pixel.Outer, channel, w0, w1, w2)];
                        }
                    }
                }
            }
            dx[sizes.XStrides.At(pixel.Outer, channel, pixel.Place0, pixel.Place1, pixel.Place2)] = sum;
        }
    }

    /// <summary>A sum is divided by the product of its window's lengths.</summary>
    public static void AveragePool<T>(
        PoolingSizes sizes,
        ArrayView<long> windows0,
        ArrayView<long> windows1,
        ArrayView<long> windows2,
        ArrayView<T> lengths0,
        ArrayView<T> lengths1,
        ArrayView<T> lengths2,
        ArrayView<T> x,
        ArrayView<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long i = GridLoop.Start; i < sizes.YLength; i += GridLoop.Step)
        {
            int channel = (int)(i % sizes.Channels);
            var window = SpatialPlace.Of((int)(i / sizes.Channels), sizes.Y);
            T sum = T.Zero;
            for (int r0 = 0; r0 < windows0[sizes.Y.Axis0 + window.Place0]; r0++)
            {
                for (int r1 = 0; r1 < windows1[sizes.Y.Axis1 + window.Place1]; r1++)
                {
                    for (int r2 = 0; r2 < windows2[sizes.Y.Axis2 + window.Place2]; r2++)
                    {
                        int place0 = (int)windows0[window.Place0] + r0 * sizes.Dilation.Axis0;
                        int place1 = (int)windows1[window.Place1] + r1 * sizes.Dilation.Axis1;
                        int place2 = (int)windows2[window.Place2] + r2 * sizes.Dilation.Axis2;
                        sum += x[sizes.XStrides.At(window.Outer, channel, place0, place1, place2)];
                    }
                }
            }
            T length = lengths0[window.Place0] * lengths1[window.Place1] * lengths2[window.Place2];
            y[sizes.YStrides.At(window.Outer, channel, window.Place0, window.Place1, window.Place2)] = sum / length;
        }
    }

    public static void AveragePoolGradient<T>(
        PoolingSizes sizes,
        ArrayView<long> windows0,
        ArrayView<long> windows1,
        ArrayView<long> windows2,
        ArrayView<T> lengths0,
        ArrayView<T> lengths1,
        ArrayView<T> lengths2,
        ArrayView<T> dy,
        ArrayView<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long i = GridLoop.Start; i < sizes.XLength; i += GridLoop.Step)
        {
            int channel = (int)(i % sizes.Channels);
            var pixel = SpatialPlace.Of((int)(i / sizes.Channels), sizes.X);
            T sum = T.Zero;
            for (int w0 = First(windows0, sizes.Y.Axis0, pixel.Place0); w0 <= Last(windows0, sizes.Y.Axis0, sizes.X.Axis0, pixel.Place0); w0++)
            {
                for (int w1 = First(windows1, sizes.Y.Axis1, pixel.Place1); w1 <= Last(windows1, sizes.Y.Axis1, sizes.X.Axis1, pixel.Place1); w1++)
                {
                    for (int w2 = First(windows2, sizes.Y.Axis2, pixel.Place2); w2 <= Last(windows2, sizes.Y.Axis2, sizes.X.Axis2, pixel.Place2); w2++)
                    {
                        if (Has(windows0, sizes.Y.Axis0, sizes.Dilation.Axis0, w0, pixel.Place0)
                            && Has(windows1, sizes.Y.Axis1, sizes.Dilation.Axis1, w1, pixel.Place1)
                            && Has(windows2, sizes.Y.Axis2, sizes.Dilation.Axis2, w2, pixel.Place2))
                        {
                            T length = lengths0[w0] * lengths1[w1] * lengths2[w2];
                            sum += dy[sizes.YStrides.At(pixel.Outer, channel, w0, w1, w2)] / length;
                        }
                    }
                }
            }
            dx[sizes.XStrides.At(pixel.Outer, channel, pixel.Place0, pixel.Place1, pixel.Place2)] = sum;
        }
    }

    /// <summary>The place, in the logical order of the spatial axes, of the first of the largest elements of a window; NaN is larger than all. −1 of none.</summary>
    private static long Largest<T>(
        PoolingSizes sizes,
        ArrayView<long> windows0,
        ArrayView<long> windows1,
        ArrayView<long> windows2,
        ArrayView<T> x,
        SpatialPlace window,
        int channel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long best = -1;
        T largest = Constants<T>.Lowest;
        for (int r0 = 0; r0 < windows0[sizes.Y.Axis0 + window.Place0]; r0++)
        {
            for (int r1 = 0; r1 < windows1[sizes.Y.Axis1 + window.Place1]; r1++)
            {
                for (int r2 = 0; r2 < windows2[sizes.Y.Axis2 + window.Place2]; r2++)
                {
                    int place0 = (int)windows0[window.Place0] + r0 * sizes.Dilation.Axis0;
                    int place1 = (int)windows1[window.Place1] + r1 * sizes.Dilation.Axis1;
                    int place2 = (int)windows2[window.Place2] + r2 * sizes.Dilation.Axis2;
                    T value = x[sizes.XStrides.At(window.Outer, channel, place0, place1, place2)];
                    if (best < 0 || value > largest || (T.IsNaN(value) && !T.IsNaN(largest)))
                    {
                        largest = value;
                        best = ((long)place0 * sizes.X.Axis1 + place1) * sizes.X.Axis2 + place2;
                    }
                }
            }
        }
        return best;
    }

    private static long At(PoolingSizes sizes, int image, int channel, long place)
    {
        var pixel = SpatialPlace.Of((int)place, sizes.X);
        return sizes.XStrides.At(image, channel, pixel.Place0, pixel.Place1, pixel.Place2);
    }

    private static int First(ArrayView<long> windows, int count, int place) => (int)windows[2 * count + place];

    private static int Last(ArrayView<long> windows, int count, int size, int place) => (int)windows[2 * count + size + place];

    private static bool Has(ArrayView<long> windows, int count, int dilation, int window, int place)
    {
        int distance = place - (int)windows[window];
        return distance >= 0 && distance % dilation == 0 && distance / dilation < windows[count + window];
    }
}
