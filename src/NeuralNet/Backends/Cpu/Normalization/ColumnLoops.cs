using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Gemm;

namespace NeuralNet.Backends.Cpu.Normalization;

/// <summary>Loops over blocks of rows with sums for every column, a vector of columns at a time.</summary>
internal static unsafe class ColumnLoops<T, TVector>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>The mean of each column over a block of rows, and the sum of squared deviations from it; chunks count sets and blocks.</summary>
    public static void Moments(void* context, int chunk)
    {
        ref readonly NormalizationJob<T> job = ref *(NormalizationJob<T>*)context;
        Locate(in job, chunk, job.Rows, out nint first, out nint rows);
        T* means = job.Parts + 2 * chunk * job.Columns;
        for (nint column = 0; column < job.Columns; column += TVector.Count)
            BlockMoments(job.X + first * job.Columns + column, rows, job.Columns, means + column, job.IsCentered, CountOf(in job, column));
    }

    /// <summary>Combines the blocks of the columns of a set.</summary>
    public static void CombineMoments(void* context, int set)
    {
        ref readonly NormalizationJob<T> job = ref *(NormalizationJob<T>*)context;
        for (nint column = 0; column < job.Columns; column++)
        {
            RunningMoments moments = default;
            for (nint block = 0; block < job.Blocks; block++)
            {
                T* part = job.Parts + 2 * (set * job.Blocks + block) * job.Columns + column;
                double rows = Math.Min(job.RowsPerBlock, job.Rows - block * job.RowsPerBlock);
                moments.Add(double.CreateTruncating(part[0]), double.CreateTruncating(part[job.Columns]), rows);
            }
            T* statistics = job.Statistics + 2 * (set * job.Columns + column);
            statistics[0] = T.CreateTruncating(moments.Mean);
            statistics[1] = T.CreateTruncating(moments.Variance);
        }
    }

    /// <summary>y = (x − mean)·scale + shift for a block of rows of a set; the three are rows of the scales.</summary>
    public static void Apply(void* context, int chunk)
    {
        ref readonly NormalizationJob<T> job = ref *(NormalizationJob<T>*)context;
        chunk = NormalizationJob<T>.FromEnd(chunk, job.Sets * job.Blocks);
        Locate(in job, chunk, job.Rows, out nint first, out nint rows);
        T* scales = job.Scales + 3 * (chunk / job.Blocks) * job.Columns;
        ApplyRows(job.X + first * job.Columns, scales, rows, job.Columns, job.Y + first * job.Columns);
    }

    /// <summary>Σ dy and Σ dy·x̂ of each column over a block of the rows of all sets.</summary>
    public static void Sums(void* context, int chunk)
    {
        ref readonly NormalizationJob<T> job = ref *(NormalizationJob<T>*)context;
        nint first = chunk * job.RowsPerBlock;
        nint end = Math.Min(first + job.RowsPerBlock, job.Sets * job.Rows);
        T* sums = job.Parts + 2 * chunk * job.Columns;
        new Span<T>(sums, checked((int)(2 * job.Columns))).Clear();
        while (first < end)
        {
            nint set = first / job.Rows;
            nint rows = Math.Min(end, (set + 1) * job.Rows) - first;
            T* scales = job.Scales + 2 * set * job.Columns;
            for (nint column = 0; column < job.Columns; column += TVector.Count)
            {
                nint start = first * job.Columns + column;
                BlockSums(job.Dy + start, job.X + start, scales + column, rows, job.Columns, sums + column, CountOf(in job, column));
            }
            first += rows;
        }
    }

    /// <summary>Adds the blocks' sums, in order.</summary>
    public static void CombineSums(in NormalizationJob<T> job)
    {
        for (nint i = 0; i < 2 * job.Columns; i++)
        {
            double sum = 0;
            for (nint block = 0; block < job.Blocks; block++)
                sum += double.CreateTruncating(job.Parts[2 * block * job.Columns + i]);
            job.Sums[i] = T.CreateTruncating(sum);
        }
    }

    /// <summary>dx = (dy − a − (x − b)·c)·d for a block of rows of a set; the four are rows of the scales.</summary>
    public static void Gradient(void* context, int chunk)
    {
        ref readonly NormalizationJob<T> job = ref *(NormalizationJob<T>*)context;
        chunk = NormalizationJob<T>.FromEnd(chunk, job.Sets * job.Blocks);
        Locate(in job, chunk, job.Rows, out nint first, out nint rows);
        nint start = first * job.Columns;
        CombineRows(job.Dy + start, job.X + start, job.Scales + 4 * (chunk / job.Blocks) * job.Columns, rows, job.Columns, job.Y + start);
    }

    /// <summary>The sums of the columns of one set, without blocks: Σ dy and Σ dy·x̂ into a row each.</summary>
    public static void SetSums(in NormalizationJob<T> job, nint set, T* scales, T* sums)
    {
        new Span<T>(sums, checked((int)(2 * job.Columns))).Clear();
        nint first = set * job.Rows * job.Columns;
        for (nint column = 0; column < job.Columns; column += TVector.Count)
            BlockSums(job.Dy + first + column, job.X + first + column, scales + column, job.Rows, job.Columns, sums + column, CountOf(in job, column));
    }

    private static int CountOf(in NormalizationJob<T> job, nint column) => (int)Math.Min(TVector.Count, job.Columns - column);

    private static void Locate(in NormalizationJob<T> job, nint chunk, nint rowsOfSet, out nint first, out nint rows)
    {
        (nint set, nint block) = Math.DivRem(chunk, job.Blocks);
        nint row = block * job.RowsPerBlock;
        rows = Math.Min(job.RowsPerBlock, rowsOfSet - row);
        first = set * rowsOfSet + row;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BlockMoments(T* x, nint rows, nint columns, T* means, bool isCentered, int count)
    {
        bool isWhole = count == TVector.Count;
        TVector mean = default;
        T* from = x;
        if (isCentered)
        {
            // Distances from the first row: where all rows are equal the mean is exact.
            TVector pivot = PartialVector<T, TVector>.Load(x, count);
            TVector sum = default, other = default;
            nint row = rows;
            for (; isWhole && row >= 2; row -= 2, from += 2 * columns)
            {
                sum += TVector.Load(from) - pivot;
                other += TVector.Load(from + columns) - pivot;
            }
            for (; row > 0; row--, from += columns)
                sum += (isWhole ? TVector.Load(from) : PartialVector<T, TVector>.Load(from, count)) - pivot;
            mean = pivot + (sum + other) / TVector.Create(T.CreateTruncating(rows));
        }
        TVector squares = default, others = default;
        nint left = rows;
        for (; isWhole && left >= 2; left -= 2, x += 2 * columns)
        {
            TVector deviation = TVector.Load(x) - mean;
            TVector second = TVector.Load(x + columns) - mean;
            squares = TVector.MultiplyAdd(deviation, deviation, squares);
            others = TVector.MultiplyAdd(second, second, others);
        }
        for (; left > 0; left--, x += columns)
        {
            TVector deviation = (isWhole ? TVector.Load(x) : PartialVector<T, TVector>.Load(x, count)) - mean;
            squares = TVector.MultiplyAdd(deviation, deviation, squares);
        }
        PartialVector<T, TVector>.Store(means, mean, count);
        PartialVector<T, TVector>.Store(means + columns, squares + others, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ApplyRows(T* x, T* mean, nint rows, nint columns, T* y)
    {
        T* scale = mean + columns;
        T* shift = scale + columns;
        nint whole = columns - columns % TVector.Count;
        for (; rows > 0; rows--, x += columns, y += columns)
        {
            for (nint i = 0; i < whole; i += TVector.Count)
                TVector.MultiplyAdd(TVector.Load(x + i) - TVector.Load(mean + i), TVector.Load(scale + i), TVector.Load(shift + i)).Store(y + i);
            if (whole == columns)
                continue;
            int count = (int)(columns - whole);
            TVector product = TVector.MultiplyAdd(
                PartialVector<T, TVector>.Load(x + whole, count) - PartialVector<T, TVector>.Load(mean + whole, count),
                PartialVector<T, TVector>.Load(scale + whole, count),
                PartialVector<T, TVector>.Load(shift + whole, count));
            PartialVector<T, TVector>.Store(y + whole, product, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BlockSums(T* dy, T* x, T* scales, nint rows, nint columns, T* sums, int count)
    {
        bool isWhole = count == TVector.Count;
        TVector scale = PartialVector<T, TVector>.Load(scales, count);
        TVector mean = PartialVector<T, TVector>.Load(scales + columns, count);
        TVector sum = default, product = default;
        for (; rows > 0; rows--, dy += columns, x += columns)
        {
            TVector gradient = isWhole ? TVector.Load(dy) : PartialVector<T, TVector>.Load(dy, count);
            TVector deviation = (isWhole ? TVector.Load(x) : PartialVector<T, TVector>.Load(x, count)) - mean;
            sum += gradient;
            product = TVector.MultiplyAdd(gradient, deviation, product);
        }
        PartialVector<T, TVector>.Store(sums, PartialVector<T, TVector>.Load(sums, count) + sum, count);
        PartialVector<T, TVector>.Store(sums + columns, TVector.MultiplyAdd(product, scale, PartialVector<T, TVector>.Load(sums + columns, count)), count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CombineRows(T* dy, T* x, T* gradients, nint rows, nint columns, T* dx)
    {
        T* means = gradients + columns;
        T* slopes = means + columns;
        T* scales = slopes + columns;
        nint whole = columns - columns % TVector.Count;
        for (; rows > 0; rows--, dy += columns, x += columns, dx += columns)
        {
            for (nint i = 0; i < whole; i += TVector.Count)
            {
                TVector slope = (TVector.Load(x + i) - TVector.Load(means + i)) * TVector.Load(slopes + i);
                ((TVector.Load(dy + i) - TVector.Load(gradients + i) - slope) * TVector.Load(scales + i)).Store(dx + i);
            }
            if (whole == columns)
                continue;
            int count = (int)(columns - whole);
            TVector deviation = PartialVector<T, TVector>.Load(x + whole, count) - PartialVector<T, TVector>.Load(means + whole, count);
            TVector last = PartialVector<T, TVector>.Load(dy + whole, count) - PartialVector<T, TVector>.Load(gradients + whole, count)
                - deviation * PartialVector<T, TVector>.Load(slopes + whole, count);
            PartialVector<T, TVector>.Store(dx + whole, last * PartialVector<T, TVector>.Load(scales + whole, count), count);
        }
    }
}
