using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>Products of matrices with more than one row and column, on one kind of vector.</summary>
/// <remarks>
/// The structure of Goto and van de Geijn, "Anatomy of high-performance matrix multiplication" (2008), with one simplification: a is never
/// reordered, only copied where its rows lie badly for the caches, since the micro-kernel takes its elements one by one anyway. Each
/// element of c is the sum over k, in order, in blocks of <see cref="GemmPlan.BlocksOf"/>, whatever the path.
/// </remarks>
internal static unsafe class Gemm<T, TVector>
    where T : unmanaged
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>Computes the product, on the pool's threads if it is large.</summary>
    public static void Run(in MatMulProblem<T> problem, WorkerPool workers)
    {
        GemmPlan plan = new(
            problem.M, problem.N, problem.Flops, problem.Batches, MicroKernels<T, TVector>.MaximumRows, 2 * TVector.Count);
        long units = problem.Batches * plan.RowUnits * plan.ColumnUnits;
        fixed (MatMulProblem<T>* pinned = &problem)
        {
            Job job = new() { Problem = pinned, Plan = plan, Units = units };
            if (problem.Batches * problem.Flops < GemmPlan.SmallJob)
                RunUnits(in job, 0, units);
            else
                workers.Run(&RunChunk, &job, (int)((units + plan.UnitsPerChunk - 1) / plan.UnitsPerChunk));
        }
    }

    private static void RunChunk(void* context, int chunk)
    {
        ref readonly Job job = ref *(Job*)context;
        long first = chunk * job.Plan.UnitsPerChunk;
        RunUnits(in job, first, Math.Min(first + job.Plan.UnitsPerChunk, job.Units));
    }

    private static void RunUnits(in Job job, long first, long end)
    {
        ref readonly GemmPlan plan = ref job.Plan;
        for (long unit = first; unit < end; unit++)
        {
            (long rest, long column) = Math.DivRem(unit, plan.ColumnUnits);
            (long batch, long row) = Math.DivRem(rest, plan.RowUnits);
            job.Problem->Locate(batch, out T* a, out T* b, out T* c);
            nint firstStrip = (nint)row * plan.StripsPerUnit;
            nint firstPanel = (nint)column * plan.PanelsPerUnit;
            GemmUnit<T, TVector> work = new(
                in *job.Problem, in plan, a, b, c,
                firstStrip, Math.Min(firstStrip + plan.StripsPerUnit, plan.Strips),
                firstPanel, Math.Min(firstPanel + plan.PanelsPerUnit, plan.Panels));
            work.Run();
        }
    }

    private struct Job
    {
        public MatMulProblem<T>* Problem;
        public GemmPlan Plan;
        public long Units;
    }
}
