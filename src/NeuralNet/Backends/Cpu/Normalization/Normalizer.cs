using System.Numerics;
using NeuralNet.Backends.Cpu.Simd;
using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Normalization;

/// <summary>Runs the passes of normalisations: by columns where every column is a group, otherwise by groups.</summary>
internal static unsafe class Normalizer<T, TVector>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    public static void Moments(CpuBackend backend, WorkerPool workers, ref NormalizationJob<T> job)
    {
        if (job.GroupColumns > 1)
        {
            Run(workers, &GroupLoops<T, TVector>.Moments, ref job, job.Sets * job.Groups);
            return;
        }
        job.Plan(job.Rows, isSummed: true);
        using Scratch<T> parts = new(backend, job.Sets * job.Blocks * 2 * job.Columns);
        fixed (T* pParts = &parts.Reference())
        {
            job.Parts = pParts;
            Run(workers, &ColumnLoops<T, TVector>.Moments, ref job, job.Sets * job.Blocks);
            Run(workers, &ColumnLoops<T, TVector>.CombineMoments, ref job, job.Sets);
        }
    }

    public static void Apply(CpuBackend backend, WorkerPool workers, ref NormalizationJob<T> job)
    {
        job.IsStreamed = IsStreamed(in job);
        if (job.GroupColumns > 1)
        {
            Run(workers, &GroupLoops<T, TVector>.Apply, ref job, job.Sets * job.Groups);
            return;
        }
        job.Plan(job.Rows, isSummed: false);
        using Scratch<T> scales = new(backend, job.Sets * 3 * job.Columns);
        fixed (T* pScales = &scales.Reference())
        {
            job.Scales = pScales;
            for (nint set = 0; set < job.Sets; set++)
            {
                for (nint column = 0; column < job.Columns; column++)
                {
                    (double mean, double scale) = Read(in job, set, column);
                    T* to = pScales + 3 * set * job.Columns + column;
                    to[0] = T.CreateTruncating(mean);
                    to[job.Columns] = T.CreateTruncating(scale * WeightOf(in job, column));
                    to[2 * job.Columns] = job.Bias == null ? T.Zero : job.Bias[column];
                }
            }
            Run(workers, &ColumnLoops<T, TVector>.Apply, ref job, job.Sets * job.Blocks);
        }
    }

    public static void Sums(CpuBackend backend, WorkerPool workers, ref NormalizationJob<T> job)
    {
        if (job.Groups == 1 && job.Rows == 1)
        {
            SumSets(backend, workers, ref job);
            return;
        }
        job.Plan(job.Sets * job.Rows, isSummed: true);
        using Scratch<T> scales = new(backend, job.Sets * 2 * job.Columns);
        using Scratch<T> parts = new(backend, job.Blocks * 2 * job.Columns);
        fixed (T* pScales = &scales.Reference(), pParts = &parts.Reference())
        {
            ListScales(in job, pScales);
            job.Scales = pScales;
            job.Parts = pParts;
            Run(workers, &ColumnLoops<T, TVector>.Sums, ref job, job.Blocks);
            ColumnLoops<T, TVector>.CombineSums(in job);
        }
    }

    /// <summary>The sums where every set is a row with a mean of its own, as in layer normalisation.</summary>
    private static void SumSets(CpuBackend backend, WorkerPool workers, ref NormalizationJob<T> job)
    {
        job.PlanTiles();
        using Scratch<T> parts = new(backend, job.Blocks == 1 ? 1 : job.Blocks * 2 * job.Columns);
        fixed (T* pParts = &parts.Reference())
        {
            job.Parts = job.Blocks == 1 ? job.Sums : pParts;
            Run(workers, &GroupLoops<T, TVector>.SetSums, ref job, job.Blocks * job.TilesPerRow);
            if (job.Blocks > 1)
                ColumnLoops<T, TVector>.CombineSums(in job);
        }
    }

    public static void Gradient(CpuBackend backend, WorkerPool workers, ref NormalizationJob<T> job)
    {
        job.IsStreamed = IsStreamed(in job);
        if (job.GroupColumns > 1)
        {
            Run(workers, &GroupLoops<T, TVector>.Gradient, ref job, job.Sets * job.Groups);
            return;
        }
        using Scratch<T> scales = new(backend, job.Sets * 4 * job.Columns);
        using Scratch<T> lists = new(backend, (job.Sets + 1) * 2 * job.Columns);
        fixed (T* pScales = &scales.Reference(), pLists = &lists.Reference())
        {
            T* ofSet = pLists + job.Sets * 2 * job.Columns;
            ListScales(in job, pLists);
            for (nint set = 0; set < job.Sets; set++)
            {
                T* sums = job.Sums;
                if (job.Sets > 1)
                    ColumnLoops<T, TVector>.SetSums(in job, set, pLists + set * 2 * job.Columns, sums = ofSet);
                for (nint column = 0; column < job.Columns; column++)
                {
                    (double mean, double scale) = Read(in job, set, column);
                    T* to = pScales + 4 * set * job.Columns + column;
                    to[0] = T.CreateTruncating(job.IsCentered ? double.CreateTruncating(sums[column]) / job.Rows : 0);
                    to[job.Columns] = T.CreateTruncating(mean);
                    to[2 * job.Columns] = T.CreateTruncating(double.CreateTruncating(sums[job.Columns + column]) / job.Rows * scale);
                    to[3 * job.Columns] = T.CreateTruncating(WeightOf(in job, column) * scale);
                }
            }
            job.Scales = pScales;
            job.Plan(job.Rows, isSummed: false);
            Run(workers, &ColumnLoops<T, TVector>.Gradient, ref job, job.Sets * job.Blocks);
        }
    }

    /// <summary>For each set a row of 1/√(variance + ε) and one of means, for every column.</summary>
    private static void ListScales(in NormalizationJob<T> job, T* scales)
    {
        for (nint set = 0; set < job.Sets; set++)
        {
            T* row = scales + 2 * set * job.Columns;
            for (nint group = 0; group < job.Groups; group++)
            {
                (double mean, double scale) = Read(in job, set, group);
                new Span<T>(row + group * job.GroupColumns, checked((int)job.GroupColumns)).Fill(T.CreateTruncating(scale));
                new Span<T>(row + job.Columns + group * job.GroupColumns, checked((int)job.GroupColumns)).Fill(T.CreateTruncating(mean));
            }
        }
    }

    private static (double Mean, double Scale) Read(in NormalizationJob<T> job, nint set, nint group)
    {
        T* statistics = job.Statistics + 2 * (set * job.Groups + group);
        return (double.CreateTruncating(statistics[0]), 1 / Math.Sqrt(double.CreateTruncating(statistics[1]) + job.Epsilon));
    }

    private static double WeightOf(in NormalizationJob<T> job, nint column) =>
        job.Weight == null ? 1 : double.CreateTruncating(job.Weight[column]);

    private static bool IsStreamed(in NormalizationJob<T> job) => StreamingStore.Serves<T, TVector>(
        job.Y, job.Sets * job.Rows * job.Columns, job.GroupColumns > 1 ? job.GroupColumns : job.Columns);

    private static void Run(WorkerPool workers, delegate*<void*, int, void> body, ref NormalizationJob<T> job, nint chunks)
    {
        fixed (NormalizationJob<T>* pinned = &job)
            workers.Run(body, pinned, checked((int)chunks));
        if (job.IsStreamed)
            StreamingStore.Finish();
    }
}
