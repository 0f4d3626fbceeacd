using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Gemm;
using NeuralNet.Backends.Cpu.Simd;

namespace NeuralNet.Backends.Cpu.Normalization;

/// <summary>Loops over groups of several columns: each group, with all rows of its set, is one chunk.</summary>
internal static unsafe class GroupLoops<T, TVector>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>Elements that are summed in vectors before double takes over.</summary>
    private const nint Run = 2048;

    /// <summary>Mean and variance of a group.</summary>
    public static void Moments(void* context, int chunk)
    {
        ref readonly NormalizationJob<T> job = ref *(NormalizationJob<T>*)context;
        T* x = Start(in job, job.X, chunk);
        // Distances from the first element: where all are equal the mean is exact.
        T pivot = *x;
        RunningMoments moments = default;
        for (nint row = 0; row < job.Rows; row++)
        {
            // Twice over a piece that stays in the cache, instead of twice over all.
            for (nint i = 0; i < job.GroupColumns; i += Run)
            {
                T* piece = x + row * job.Columns + i;
                nint count = Math.Min(Run, job.GroupColumns - i);
                double mean = job.IsCentered ? double.CreateTruncating(pivot) + Sum(piece, count, pivot) / count : 0;
                T center = T.CreateTruncating(mean);
                // What rounding the mean leaves out of it.
                double rest = mean - double.CreateTruncating(center);
                moments.Add(mean, Math.Max(0, Squares(piece, count, center) - count * rest * rest), count);
            }
        }
        job.Statistics[2 * chunk] = T.CreateTruncating(moments.Mean);
        job.Statistics[2 * chunk + 1] = T.CreateTruncating(moments.Variance);
    }

    /// <summary>y = x̂·weight + bias of a group.</summary>
    public static void Apply(void* context, int chunk)
    {
        ref readonly NormalizationJob<T> job = ref *(NormalizationJob<T>*)context;
        chunk = NormalizationJob<T>.FromEnd(chunk, job.Sets * job.Groups);
        nint column = chunk % job.Groups * job.GroupColumns;
        T* x = Start(in job, job.X, chunk);
        T* y = Start(in job, job.Y, chunk);
        T* weight = job.Weight == null ? null : job.Weight + column;
        T* bias = job.Bias == null ? null : job.Bias + column;
        (T mean, T scale) = Read(in job, chunk);
        for (nint row = 0; row < job.Rows; row++, x += job.Columns, y += job.Columns)
        {
            if (job.IsStreamed)
                ApplyRow<StreamingStore>(x, mean, scale, weight, bias, job.GroupColumns, y);
            else
                ApplyRow<CachedStore>(x, mean, scale, weight, bias, job.GroupColumns, y);
        }
    }

    /// <summary>Σ dy and Σ dy·x̂ of a tile of columns over a block of sets of one row.</summary>
    public static void SetSums(void* context, int chunk)
    {
        ref readonly NormalizationJob<T> job = ref *(NormalizationJob<T>*)context;
        (nint block, nint tile) = Math.DivRem(chunk, job.TilesPerRow);
        nint column = tile * job.TileColumns;
        nint columns = Math.Min(job.TileColumns, job.Columns - column);
        T* sums = job.Parts + 2 * block * job.Columns + column;
        new Span<T>(sums, checked((int)columns)).Clear();
        new Span<T>(sums + job.Columns, checked((int)columns)).Clear();
        nint set = block * job.RowsPerBlock;
        nint end = Math.Min(set + job.RowsPerBlock, job.Sets);
        T* dy = job.Dy + set * job.Columns + column;
        T* x = job.X + set * job.Columns + column;
        for (; set < end - 1; set += 2, dy += 2 * job.Columns, x += 2 * job.Columns)
            AddRows(dy, x, job.Columns, Read(in job, set), Read(in job, set + 1), columns, sums);
        if (set < end)
            AddRow(dy, x, Read(in job, set), columns, sums, sums + job.Columns);
    }

    /// <summary>dx of a group.</summary>
    public static void Gradient(void* context, int chunk)
    {
        ref readonly NormalizationJob<T> job = ref *(NormalizationJob<T>*)context;
        chunk = NormalizationJob<T>.FromEnd(chunk, job.Sets * job.Groups);
        nint column = chunk % job.Groups * job.GroupColumns;
        T* x = Start(in job, job.X, chunk);
        T* dy = Start(in job, job.Dy, chunk);
        T* dx = Start(in job, job.Y, chunk);
        T* weight = job.Weight == null ? null : job.Weight + column;
        (T mean, T scale) = Read(in job, chunk);
        // Distances from the first gradient: where all are equal their mean is exact.
        T pivot = weight == null ? *dy : *dy * *weight;
        double sum = 0, product = 0;
        for (nint row = 0; row < job.Rows; row++)
        {
            for (nint i = 0; i < job.GroupColumns; i += Run)
            {
                nint at = row * job.Columns + i;
                AddSums(dy + at, x + at, weight == null ? null : weight + i, mean, pivot, Math.Min(Run, job.GroupColumns - i), ref sum, ref product);
            }
        }
        double spread = double.CreateTruncating(scale);
        T first = T.CreateTruncating(job.IsCentered ? double.CreateTruncating(pivot) + sum / job.GroupLength : 0);
        T second = T.CreateTruncating(product * spread * spread / job.GroupLength);
        for (nint row = 0; row < job.Rows; row++)
        {
            nint at = row * job.Columns;
            if (job.IsStreamed)
                GradientRow<StreamingStore>(dy + at, x + at, weight, mean, scale, first, second, job.GroupColumns, dx + at);
            else
                GradientRow<CachedStore>(dy + at, x + at, weight, mean, scale, first, second, job.GroupColumns, dx + at);
        }
    }

    /// <summary>The mean of a group, and 1/√(variance + ε).</summary>
    private static (T Mean, T Scale) Read(in NormalizationJob<T> job, nint chunk)
    {
        double variance = double.CreateTruncating(job.Statistics[2 * chunk + 1]);
        return (job.Statistics[2 * chunk], T.CreateTruncating(1 / Math.Sqrt(variance + job.Epsilon)));
    }

    private static T* Start(in NormalizationJob<T> job, T* elements, nint chunk)
    {
        (nint set, nint group) = Math.DivRem(chunk, job.Groups);
        return elements + set * job.Rows * job.Columns + group * job.GroupColumns;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum(T* x, nint count, T pivot)
    {
        TVector start = TVector.Create(pivot);
        TVector sum = default, other = default;
        nint i = 0;
        for (; i <= count - 2 * TVector.Count; i += 2 * TVector.Count)
        {
            sum += TVector.Load(x + i) - start;
            other += TVector.Load(x + i + TVector.Count) - start;
        }
        for (; i <= count - TVector.Count; i += TVector.Count)
            sum += TVector.Load(x + i) - start;
        double total = Total(sum + other);
        for (; i < count; i++)
            total += double.CreateTruncating(x[i] - pivot);
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Squares(T* x, nint count, T mean)
    {
        TVector center = TVector.Create(mean);
        TVector sum = default, other = default;
        nint i = 0;
        for (; i <= count - 2 * TVector.Count; i += 2 * TVector.Count)
        {
            TVector first = TVector.Load(x + i) - center;
            TVector second = TVector.Load(x + i + TVector.Count) - center;
            sum = TVector.MultiplyAdd(first, first, sum);
            other = TVector.MultiplyAdd(second, second, other);
        }
        for (; i <= count - TVector.Count; i += TVector.Count)
        {
            TVector first = TVector.Load(x + i) - center;
            sum = TVector.MultiplyAdd(first, first, sum);
        }
        double total = Total(sum + other);
        for (; i < count; i++)
        {
            double deviation = double.CreateTruncating(x[i] - mean);
            total += deviation * deviation;
        }
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ApplyRow<TStore>(T* x, T mean, T scale, T* weight, T* bias, nint count, T* y)
        where TStore : struct, IStore
    {
        TVector center = TVector.Create(mean);
        TVector spread = TVector.Create(scale);
        nint i = 0;
        // Whole vectors with both, as nearly always, are spared the questions.
        for (; weight != null && bias != null && i <= count - TVector.Count; i += TVector.Count)
            TStore.Store(y + i, (TVector.Load(x + i) - center) * spread * TVector.Load(weight + i) + TVector.Load(bias + i));
        for (; i < count; i += TVector.Count)
        {
            nint left = count - i;
            TVector value = (PartialVector<T, TVector>.LoadLeft(x + i, left) - center) * spread;
            if (weight != null)
                value *= PartialVector<T, TVector>.LoadLeft(weight + i, left);
            if (bias != null)
                value += PartialVector<T, TVector>.LoadLeft(bias + i, left);
            PartialVector<T, TVector>.StoreLeft(y + i, value, left);
        }
    }

    /// <summary>Adds Σ dy·w − pivot and Σ dy·w·(x − mean).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddSums(T* dy, T* x, T* weight, T mean, T pivot, nint count, ref double sum, ref double product)
    {
        TVector center = TVector.Create(mean);
        TVector start = TVector.Create(pivot);
        TVector first = default, second = default, otherFirst = default, otherSecond = default;
        nint i = 0;
        for (; weight != null && i <= count - 2 * TVector.Count; i += 2 * TVector.Count)
        {
            TVector gradient = TVector.Load(dy + i) * TVector.Load(weight + i);
            TVector next = TVector.Load(dy + i + TVector.Count) * TVector.Load(weight + i + TVector.Count);
            first += gradient - start;
            otherFirst += next - start;
            second = TVector.MultiplyAdd(gradient, TVector.Load(x + i) - center, second);
            otherSecond = TVector.MultiplyAdd(next, TVector.Load(x + i + TVector.Count) - center, otherSecond);
        }
        for (; i <= count - TVector.Count; i += TVector.Count)
        {
            TVector gradient = TVector.Load(dy + i);
            if (weight != null)
                gradient *= TVector.Load(weight + i);
            first += gradient - start;
            second = TVector.MultiplyAdd(gradient, TVector.Load(x + i) - center, second);
        }
        sum += Total(first + otherFirst);
        product += Total(second + otherSecond);
        for (; i < count; i++)
        {
            T gradient = weight == null ? dy[i] : dy[i] * weight[i];
            sum += double.CreateTruncating(gradient - pivot);
            product += double.CreateTruncating(gradient) * double.CreateTruncating(x[i] - mean);
        }
    }

    /// <summary>Adds the dy and the dy·x̂ of two sets that follow on each other to the sums, which are two rows of all columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows(T* dy, T* x, nint stride, (T Mean, T Scale) first, (T Mean, T Scale) second, nint count, T* sums)
    {
        TVector center = TVector.Create(first.Mean), otherCenter = TVector.Create(second.Mean);
        TVector spread = TVector.Create(first.Scale), otherSpread = TVector.Create(second.Scale);
        T* products = sums + stride;
        nint i = 0;
        for (; i <= count - TVector.Count; i += TVector.Count)
        {
            TVector gradient = TVector.Load(dy + i);
            TVector other = TVector.Load(dy + stride + i);
            (TVector.Load(sums + i) + gradient + other).Store(sums + i);
            TVector product = TVector.MultiplyAdd(gradient, (TVector.Load(x + i) - center) * spread, TVector.Load(products + i));
            TVector.MultiplyAdd(other, (TVector.Load(x + stride + i) - otherCenter) * otherSpread, product).Store(products + i);
        }
        if (i == count)
            return;
        AddRow(dy + i, x + i, first, count - i, sums + i, products + i);
        AddRow(dy + stride + i, x + stride + i, second, count - i, sums + i, products + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRow(T* dy, T* x, (T Mean, T Scale) statistics, nint count, T* sums, T* products)
    {
        TVector center = TVector.Create(statistics.Mean);
        TVector spread = TVector.Create(statistics.Scale);
        for (nint i = 0; i < count; i += TVector.Count)
        {
            nint left = count - i;
            TVector gradient = PartialVector<T, TVector>.LoadLeft(dy + i, left);
            TVector normalized = (PartialVector<T, TVector>.LoadLeft(x + i, left) - center) * spread;
            PartialVector<T, TVector>.StoreLeft(sums + i, PartialVector<T, TVector>.LoadLeft(sums + i, left) + gradient, left);
            TVector product = TVector.MultiplyAdd(gradient, normalized, PartialVector<T, TVector>.LoadLeft(products + i, left));
            PartialVector<T, TVector>.StoreLeft(products + i, product, left);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GradientRow<TStore>(T* dy, T* x, T* weight, T mean, T scale, T first, T second, nint count, T* dx)
        where TStore : struct, IStore
    {
        TVector center = TVector.Create(mean);
        TVector spread = TVector.Create(scale);
        TVector meanOfGradient = TVector.Create(first);
        TVector meanOfProduct = TVector.Create(second);
        nint i = 0;
        // As in the loop below, but for whole vectors and with weights, as nearly always.
        for (; weight != null && i <= count - TVector.Count; i += TVector.Count)
        {
            TVector gradient = TVector.Load(dy + i) * TVector.Load(weight + i) - meanOfGradient;
            TStore.Store(dx + i, (gradient - (TVector.Load(x + i) - center) * meanOfProduct) * spread);
        }
        for (; i < count; i += TVector.Count)
        {
            nint left = count - i;
            TVector gradient = PartialVector<T, TVector>.LoadLeft(dy + i, left);
            if (weight != null)
                gradient *= PartialVector<T, TVector>.LoadLeft(weight + i, left);
            TVector deviation = PartialVector<T, TVector>.LoadLeft(x + i, left) - center;
            PartialVector<T, TVector>.StoreLeft(dx + i, (gradient - meanOfGradient - deviation * meanOfProduct) * spread, left);
        }
    }

    private static double Total(TVector vector)
    {
        double total = 0;
        for (int i = 0; i < TVector.Count; i++)
            total += double.CreateTruncating(vector[i]);
        return total;
    }
}
