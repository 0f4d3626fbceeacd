using System.Numerics;
using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>
/// Device code of <see cref="INormalizationKernels"/>. All operands start at their first element; as many threads share a group of elements as
/// <see cref="GroupRows"/> says, and the order of their sums depends on the sizes alone.
/// </summary>
internal static class NormalizationKernels
{
    public static void Moments<T>(NormalizationArguments shape, int lanes, T count, ArrayView<T> x, ArrayView<T> statistics)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArrayView<T> shared = SharedMemory.Allocate<T>(GpuBackend.GroupSize);
        long groups = shape.Sets * shape.Groups;
        int groupsAtOnce = GpuBackend.GroupSize / lanes;
        int lane = Group.IdxX % lanes;
        for (long first = (long)Grid.IdxX * groupsAtOnce; first < groups; first += (long)Grid.DimX * groupsAtOnce)
        {
            long group = first + Group.IdxX / lanes;
            long length = group < groups ? shape.GroupLength : 0;
            T mean = T.Zero;
            if (shape.IsCentered != 0)
            {
                T sum = T.Zero;
                for (long i = lane; i < length; i += lanes)
                    sum += x[shape.Place(group, i)];
                mean = GroupRows.Sum(sum, lanes, shared) / count;
            }
            T squares = T.Zero;
            T deviations = T.Zero;
            for (long i = lane; i < length; i += lanes)
            {
                T deviation = x[shape.Place(group, i)] - mean;
                deviations += deviation;
                squares += deviation * deviation;
            }
            squares = GroupRows.Sum(squares, lanes, shared);
            // What rounding left of the mean.
            T rest = GroupRows.Sum(deviations, lanes, shared) / count;
            if (shape.IsCentered == 0)
                rest = T.Zero;
            if (group < groups && lane == 0)
            {
                statistics[2 * group] = mean + rest;
                T variance = squares / count - rest * rest;
                statistics[2 * group + 1] = variance > T.Zero || T.IsNaN(variance) ? variance : T.Zero;
            }
        }
    }

    public static void Normalize<T>(
        NormalizationArguments shape, T epsilon, ArrayView<T> x, ArrayView<T> statistics, ArrayView<T> weight, ArrayView<T> bias, ArrayView<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long i = GridLoop.Start; i < shape.Sets * shape.Rows * shape.Columns; i += GridLoop.Step)
        {
            long column = i % shape.Columns;
            long group = i / (shape.Rows * shape.Columns) * shape.Groups + column / shape.GroupColumns;
            T value = (x[i] - statistics[2 * group]) * (T.One / T.Sqrt(statistics[2 * group + 1] + epsilon));
            if (shape.HasWeight != 0)
                value *= weight[shape.WeightOffset + column];
            if (shape.HasBias != 0)
                value += bias[shape.BiasOffset + column];
            y[i] = value;
        }
    }

    public static void Gradient<T>(
        NormalizationArguments shape,
        int lanes,
        T count,
        T epsilon,
        ArrayView<T> dy,
        ArrayView<T> x,
        ArrayView<T> statistics,
        ArrayView<T> weight,
        ArrayView<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArrayView<T> shared = SharedMemory.Allocate<T>(GpuBackend.GroupSize);
        long groups = shape.Sets * shape.Groups;
        int groupsAtOnce = GpuBackend.GroupSize / lanes;
        int lane = Group.IdxX % lanes;
        for (long first = (long)Grid.IdxX * groupsAtOnce; first < groups; first += (long)Grid.DimX * groupsAtOnce)
        {
            long group = first + Group.IdxX / lanes;
            long length = group < groups ? shape.GroupLength : 0;
            long statistic = group < groups ? 2 * group : 0;
            T mean = statistics[statistic];
            T scale = T.One / T.Sqrt(statistics[statistic + 1] + epsilon);
            T sum = T.Zero;
            T products = T.Zero;
            for (long i = lane; i < length; i += lanes)
            {
                long place = shape.Place(group, i);
                T gradient = Weighted(shape, dy, weight, place);
                sum += gradient;
                products += gradient * ((x[place] - mean) * scale);
            }
            sum = GroupRows.Sum(sum, lanes, shared);
            T meanOfGradient = shape.IsCentered != 0 ? sum / count : T.Zero;
            T meanOfProduct = GroupRows.Sum(products, lanes, shared) / count;
            if (shape.IsCentered != 0)
            {
                // What rounding left of the mean, which a small variance would make large.
                T rest = T.Zero;
                for (long i = lane; i < length; i += lanes)
                    rest += Weighted(shape, dy, weight, shape.Place(group, i)) - meanOfGradient;
                meanOfGradient += GroupRows.Sum(rest, lanes, shared) / count;
            }
            for (long i = lane; i < length; i += lanes)
            {
                long place = shape.Place(group, i);
                T normalized = (x[place] - mean) * scale;
                dx[place] = (Weighted(shape, dy, weight, place) - meanOfGradient - normalized * meanOfProduct) * scale;
            }
        }
    }

    private static T Weighted<T>(NormalizationArguments shape, ArrayView<T> dy, ArrayView<T> weight, long place)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        shape.HasWeight != 0 ? dy[place] * weight[shape.WeightOffset + place % shape.Columns] : dy[place];
}
