using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>Products with a single row or a single column: y = matrix · x, bound by how fast the matrix can be read.</summary>
internal static unsafe class Gemv<T, TVector>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    private const nint ElementsPerChunk = 1 << 16;

    /// <summary>The least number of rows of a chunk, so that memory is read in long runs where rows are neighbours.</summary>
    private const nint FewestRows = 256;

    /// <summary>The most rows of a chunk: their sums stay in the nearest cache.</summary>
    private const nint MostRows = 2048;

    /// <summary>Computes the product, on the pool's threads if it is large.</summary>
    public static void Run(in MatMulProblem<T> problem, WorkerPool workers)
    {
        bool isRow = problem.M == 1;
        fixed (MatMulProblem<T>* pinned = &problem)
        {
            Job job = new()
            {
                Problem = pinned,
                IsRow = isRow,
                Rows = isRow ? problem.N : problem.M,
                RowStride = isRow ? problem.BColumn : problem.ARow,
                StepStride = isRow ? problem.BStep : problem.AStep,
                XStride = isRow ? problem.AStep : problem.BStep,
                YStride = isRow ? 1 : problem.CRow,
                BiasStride = isRow ? problem.BiasColumn : 0,
            };
            job.RowsPerChunk = Math.Clamp(ElementsPerChunk / Math.Max(1, problem.K), FewestRows, MostRows);
            job.ChunksPerProduct = GemmPlan.CeilingDivide(job.Rows, job.RowsPerChunk);
            long chunks = problem.Batches * job.ChunksPerProduct;
            if (problem.Batches * problem.Flops >= GemmPlan.SmallJob && chunks <= int.MaxValue)
            {
                workers.Run(&RunChunk, &job, (int)chunks);
                return;
            }
            for (long chunk = 0; chunk < chunks; chunk++)
                RunChunk(in job, chunk);
        }
    }

    private static void RunChunk(void* context, int chunk) => RunChunk(in *(Job*)context, chunk);

    private static void RunChunk(in Job job, long chunk)
    {
        (long batch, long part) = Math.DivRem(chunk, job.ChunksPerProduct);
        nint first = (nint)part * job.RowsPerChunk;
        int rows = (int)Math.Min(job.RowsPerChunk, job.Rows - first);
        job.Problem->Locate(batch, out T* a, out T* b, out T* c);
        T* matrix = (job.IsRow ? b : a) + first * job.RowStride;
        T* x = job.IsRow ? a : b;
        T* sums = (T*)ThreadMemory.Current.Sums;
        nint steps = job.Problem->K;
        if (job.StepStride == 1 && job.XStride == 1 && (steps >= TVector.Count || job.RowStride != 1))
            GemvKernels<T, TVector>.Dot(matrix, job.RowStride, x, rows, steps, sums);
        else if (job.RowStride == 1)
            GemvKernels<T, TVector>.Combine(matrix, job.StepStride, x, job.XStride, rows, steps, sums);
        else
            GemvKernels<T, TVector>.Strided(matrix, job.RowStride, job.StepStride, x, job.XStride, rows, steps, sums);
        Write(in job, sums, first, rows, c + first * job.YStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Write(in Job job, T* sums, nint first, int rows, T* y)
    {
        bool accumulate = job.Problem->Accumulate;
        bool relu = job.Problem->Relu;
        T* bias = job.Problem->Bias;
        for (int row = 0; row < rows; row++, y += job.YStride)
        {
            T value = accumulate ? *y + sums[row] : sums[row];
            if (bias != null)
                value += bias[(first + row) * job.BiasStride];
            *y = relu && value <= T.Zero ? T.Zero : value;
        }
    }

    private struct Job
    {
        public MatMulProblem<T>* Problem;
        public bool IsRow;
        public nint Rows;
        public nint RowStride;
        public nint StepStride;
        public nint XStride;
        public nint YStride;
        public nint BiasStride;
        public nint RowsPerChunk;
        public nint ChunksPerProduct;
    }
}
