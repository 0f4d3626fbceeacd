using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Gemm;
using NeuralNet.Backends.Cpu.Simd;

namespace NeuralNet.Backends.Cpu.Normalization;

/// <summary>
/// Loops over blocks of rows with sums for every column: row by row where there are many columns, as the rows lie in memory; otherwise, and for the last
/// columns, a vector of columns at a time.
/// </summary>
internal static unsafe class ColumnLoops<T, TVector>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>Sums of fewer vectors of columns stay in registers, where no addition waits for the one of the row before to be stored.</summary>
    private const int FewestVectors = 4;

    /// <summary>The mean of each column over a block of rows, and the sum of squared deviations from it; chunks count sets and blocks.</summary>
    public static void Moments(void* context, int chunk)
    {
        ref readonly NormalizationJob<T> job = ref *(NormalizationJob<T>*)context;
        Locate(in job, chunk, job.Rows, out nint first, out nint rows);
        T* means = job.Parts + 2 * chunk * job.Columns;
        T* x = job.X + first * job.Columns;
        nint whole = ColumnsByRows(in job);
        if (whole > 0)
            RowMoments(x, rows, job.Columns, whole, means, job.IsCentered);
        for (nint column = whole; column < job.Columns; column += TVector.Count)
            BlockMoments(x + column, rows, job.Columns, means + column, job.IsCentered, CountOf(in job, column));
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
        T* x = job.X + first * job.Columns;
        T* y = job.Y + first * job.Columns;
        if (job.IsStreamed)
            ApplyRows<StreamingStore>(x, scales, rows, job.Columns, y);
        else
            ApplyRows<CachedStore>(x, scales, rows, job.Columns, y);
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
            AddSums(in job, first, rows, scales, sums);
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
        T* scales = job.Scales + 4 * (chunk / job.Blocks) * job.Columns;
        if (job.IsStreamed)
            CombineRows<StreamingStore>(job.Dy + start, job.X + start, scales, rows, job.Columns, job.Y + start);
        else
            CombineRows<CachedStore>(job.Dy + start, job.X + start, scales, rows, job.Columns, job.Y + start);
    }

    /// <summary>The sums of the columns of one set, without blocks: Σ dy and Σ dy·x̂ into a row each.</summary>
    public static void SetSums(in NormalizationJob<T> job, nint set, T* scales, T* sums)
    {
        new Span<T>(sums, checked((int)(2 * job.Columns))).Clear();
        AddSums(in job, set * job.Rows, job.Rows, scales, sums);
    }

    private static void AddSums(in NormalizationJob<T> job, nint first, nint rows, T* scales, T* sums)
    {
        T* dy = job.Dy + first * job.Columns;
        T* x = job.X + first * job.Columns;
        nint whole = ColumnsByRows(in job);
        if (whole > 0)
            RowSums(dy, x, scales, rows, job.Columns, whole, sums);
        for (nint column = whole; column < job.Columns; column += TVector.Count)
            BlockSums(dy + column, x + column, scales + column, rows, job.Columns, sums + column, CountOf(in job, column));
    }

    /// <summary>The columns, from the first, whose sums are taken row by row.</summary>
    private static nint ColumnsByRows(in NormalizationJob<T> job) =>
        job.Columns < FewestVectors * TVector.Count ? 0 : job.Columns - job.Columns % TVector.Count;

    private static int CountOf(in NormalizationJob<T> job, nint column) => (int)Math.Min(TVector.Count, job.Columns - column);

    private static void Locate(in NormalizationJob<T> job, nint chunk, nint rowsOfSet, out nint first, out nint rows)
    {
        (nint set, nint block) = Math.DivRem(chunk, job.Blocks);
        nint row = block * job.RowsPerBlock;
        rows = Math.Min(job.RowsPerBlock, rowsOfSet - row);
        first = set * rowsOfSet + row;
    }

    /// <summary>What <see cref="BlockMoments"/> computes, row by row: the means and the sums of squares lie behind each other in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RowMoments(T* x, nint rows, nint columns, nint whole, T* means, bool isCentered)
    {
        T* squares = means + columns;
        new Span<T>(means, checked((int)whole)).Clear();
        new Span<T>(squares, checked((int)whole)).Clear();
        if (isCentered)
        {
            // Distances from the first row: where all rows are equal the mean is exact.
            T* from = x;
            for (nint row = rows; row > 0; row -= 2, from += 2 * columns)
            {
                for (nint i = 0; i < whole; i += TVector.Count)
                {
                    TVector pivot = TVector.Load(x + i);
                    TVector distance = TVector.Load(from + i) - pivot;
                    if (row > 1)
                        distance += TVector.Load(from + columns + i) - pivot;
                    (TVector.Load(means + i) + distance).Store(means + i);
                }
            }
            TVector count = TVector.Create(T.CreateTruncating(rows));
            for (nint i = 0; i < whole; i += TVector.Count)
                (TVector.Load(x + i) + TVector.Load(means + i) / count).Store(means + i);
        }
        for (; rows > 0; rows -= 2, x += 2 * columns)
        {
            for (nint i = 0; i < whole; i += TVector.Count)
            {
                TVector mean = TVector.Load(means + i);
                TVector deviation = TVector.Load(x + i) - mean;
                TVector square = deviation * deviation;
                if (rows > 1)
                {
                    // Added in pairs first, which rounds half as often.
                    TVector second = TVector.Load(x + columns + i) - mean;
                    square = TVector.MultiplyAdd(second, second, square);
                }
                (TVector.Load(squares + i) + square).Store(squares + i);
            }
        }
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
    private static void ApplyRows<TStore>(T* x, T* mean, nint rows, nint columns, T* y)
        where TStore : struct, IStore
    {
        T* scale = mean + columns;
        T* shift = scale + columns;
        nint whole = columns - columns % TVector.Count;
        for (; rows > 0; rows--, x += columns, y += columns)
        {
            for (nint i = 0; i < whole; i += TVector.Count)
            {
                TVector deviation = TVector.Load(x + i) - TVector.Load(mean + i);
                TStore.Store(y + i, TVector.MultiplyAdd(deviation, TVector.Load(scale + i), TVector.Load(shift + i)));
            }
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

    /// <summary>What <see cref="BlockSums"/> adds, row by row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RowSums(T* dy, T* x, T* scales, nint rows, nint columns, nint whole, T* sums)
    {
        T* means = scales + columns;
        T* products = sums + columns;
        for (; rows > 0; rows -= 2, dy += 2 * columns, x += 2 * columns)
        {
            for (nint i = 0; i < whole; i += TVector.Count)
            {
                TVector scale = TVector.Load(scales + i);
                TVector mean = TVector.Load(means + i);
                TVector gradient = TVector.Load(dy + i);
                TVector product = TVector.MultiplyAdd(gradient, (TVector.Load(x + i) - mean) * scale, TVector.Load(products + i));
                if (rows > 1)
                {
                    TVector second = TVector.Load(dy + columns + i);
                    product = TVector.MultiplyAdd(second, (TVector.Load(x + columns + i) - mean) * scale, product);
                    gradient += second;
                }
                product.Store(products + i);
                (TVector.Load(sums + i) + gradient).Store(sums + i);
            }
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
    private static void CombineRows<TStore>(T* dy, T* x, T* gradients, nint rows, nint columns, T* dx)
        where TStore : struct, IStore
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
                TStore.Store(dx + i, (TVector.Load(dy + i) - TVector.Load(gradients + i) - slope) * TVector.Load(scales + i));
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
