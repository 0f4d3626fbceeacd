using System.Numerics;
using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>
/// Device code of <see cref="INormalizationKernels"/> for numbers that each column has, as those of batch normalisation. Rows are divided into parts; a group
/// takes 32 columns of a part, so that neighbouring threads read neighbouring memory, and the parts are combined in their order.
/// </summary>
internal static class NormalizationColumns
{
    /// <summary>The columns that a group takes at a time.</summary>
    public const int ColumnsAtOnce = 32;

    /// <summary>The rows of a part, but for the last.</summary>
    public const int PartRows = 256;

    private const int Lanes = GpuBackend.GroupSize / ColumnsAtOnce;

    /// <summary>For each part and column the mean, and the sum of the squares of the deviations from it.</summary>
    public static void MomentsOfColumns<T>(NormalizationArguments shape, long parts, T fullCount, T lastCount, ArrayView<T> x, ArrayView<T> partials)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArrayView<T> shared = SharedMemory.Allocate<T>(GpuBackend.GroupSize);
        long blocks = (shape.Columns + ColumnsAtOnce - 1) / ColumnsAtOnce;
        for (long unit = Grid.IdxX; unit < blocks * parts; unit += Grid.DimX)
        {
            long part = unit / blocks;
            long column = unit % blocks * ColumnsAtOnce + Group.IdxX % ColumnsAtOnce;
            bool isColumn = column < shape.Columns;
            long first = part * PartRows + Group.IdxX / ColumnsAtOnce;
            long end = isColumn ? IntrinsicMath.Min((part + 1) * PartRows, shape.Rows) : 0;
            T count = part == parts - 1 ? lastCount : fullCount;
            T sum = T.Zero;
            for (long row = first; row < end; row += Lanes)
                sum += x[row * shape.Columns + column];
            T mean = SumOfLanes(sum, shared) / count;
            T squares = T.Zero;
            for (long row = first; row < end; row += Lanes)
            {
                T deviation = x[row * shape.Columns + column] - mean;
                squares += deviation * deviation;
            }
            squares = SumOfLanes(squares, shared);
            if (isColumn && Group.IdxX < ColumnsAtOnce)
            {
                partials[2 * (part * shape.Columns + column)] = mean;
                partials[2 * (part * shape.Columns + column) + 1] = squares;
            }
        }
    }

    /// <summary>Joins the moments of parts.</summary>
    /// <remarks>Source: T. Chan, G. Golub, R. LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", 1979.</remarks>
    public static void CombineMoments<T>(long columns, long parts, T fullCount, T lastCount, ArrayView<T> partials, ArrayView<T> statistics)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long column = GridLoop.Start; column < columns; column += GridLoop.Step)
        {
            T count = T.Zero;
            T mean = T.Zero;
            T squares = T.Zero;
            for (long part = 0; part < parts; part++)
            {
                T added = part == parts - 1 ? lastCount : fullCount;
                T distance = partials[2 * (part * columns + column)] - mean;
                T total = count + added;
                mean += distance * (added / total);
                squares += partials[2 * (part * columns + column) + 1] + distance * distance * (count * (added / total));
                count = total;
            }
            statistics[2 * column] = mean;
            statistics[2 * column + 1] = squares / count;
        }
    }

    /// <summary>For each part of all rows and each column Σ dy and Σ dy·x̂, whatever groups share a mean.</summary>
    public static void SumsOfColumns<T>(
        NormalizationArguments shape, long parts, T epsilon, ArrayView<T> dy, ArrayView<T> x, ArrayView<T> statistics, ArrayView<T> partials)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArrayView<T> shared = SharedMemory.Allocate<T>(GpuBackend.GroupSize);
        long rows = shape.Sets * shape.Rows;
        long blocks = (shape.Columns + ColumnsAtOnce - 1) / ColumnsAtOnce;
        for (long unit = Grid.IdxX; unit < blocks * parts; unit += Grid.DimX)
        {
            long part = unit / blocks;
            long column = unit % blocks * ColumnsAtOnce + Group.IdxX % ColumnsAtOnce;
            bool isColumn = column < shape.Columns;
            long end = isColumn ? IntrinsicMath.Min((part + 1) * PartRows, rows) : 0;
            T sum = T.Zero;
            T products = T.Zero;
            for (long row = part * PartRows + Group.IdxX / ColumnsAtOnce; row < end; row += Lanes)
            {
                long group = row / shape.Rows * shape.Groups + column / shape.GroupColumns;
                long place = row * shape.Columns + column;
                T normalized = (x[place] - statistics[2 * group]) * (T.One / T.Sqrt(statistics[2 * group + 1] + epsilon));
                sum += dy[place];
                products += dy[place] * normalized;
            }
            sum = SumOfLanes(sum, shared);
            products = SumOfLanes(products, shared);
            if (isColumn && Group.IdxX < ColumnsAtOnce)
            {
                partials[2 * (part * shape.Columns + column)] = sum;
                partials[2 * (part * shape.Columns + column) + 1] = products;
            }
        }
    }

    public static void CombineSums<T>(long columns, long parts, ArrayView<T> partials, ArrayView<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long column = GridLoop.Start; column < columns; column += GridLoop.Step)
        {
            T sum = T.Zero;
            T products = T.Zero;
            for (long part = 0; part < parts; part++)
            {
                sum += partials[2 * (part * columns + column)];
                products += partials[2 * (part * columns + column) + 1];
            }
            sums[column] = sum;
            sums[columns + column] = products;
        }
    }

    /// <summary>dx from the sums of its column: for one set of groups of one column.</summary>
    public static void GradientOfColumns<T>(
        NormalizationArguments shape,
        T count,
        T epsilon,
        ArrayView<T> dy,
        ArrayView<T> x,
        ArrayView<T> statistics,
        ArrayView<T> weight,
        ArrayView<T> sums,
        ArrayView<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long i = GridLoop.Start; i < shape.Rows * shape.Columns; i += GridLoop.Step)
        {
            long column = i % shape.Columns;
            T scale = T.One / T.Sqrt(statistics[2 * column + 1] + epsilon);
            T normalized = (x[i] - statistics[2 * column]) * scale;
            T gradient = dy[i] - sums[column] / count - normalized * (sums[shape.Columns + column] / count);
            if (shape.HasWeight != 0)
                gradient *= weight[shape.WeightOffset + column];
            dx[i] = gradient * scale;
        }
    }

    /// <summary>Sums one number of each lane of a column; all lanes get the sum. All threads of the group must come here.</summary>
    private static T SumOfLanes<T>(T value, ArrayView<T> shared)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int thread = Group.IdxX;
        shared[thread] = value;
        Group.Barrier();
        for (int half = GpuBackend.GroupSize / 2; half >= ColumnsAtOnce; half >>= 1)
        {
            if (thread < half)
                shared[thread] = shared[thread] + shared[thread + half];
            Group.Barrier();
        }
        T sum = shared[thread % ColumnsAtOnce];
        Group.Barrier();
        return sum;
    }
}
