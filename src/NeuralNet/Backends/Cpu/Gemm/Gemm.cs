using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>Products of matrices with more than one row and column, on one kind of vector.</summary>
/// <remarks>
/// The structure of Goto and van de Geijn, "Anatomy of high-performance matrix multiplication" (2008), with two differences: a is copied
/// only where its rows lie badly for the caches, since the micro-kernel takes its elements one by one anyway; and a panel of b is copied by
/// the kernel that multiplies it with the first strip of a. Each element of c is the sum over k, in order, in the blocks of the
/// <see cref="GemmPlan"/>, whatever the path.
/// </remarks>
internal static unsafe class Gemm<T, TVector>
    where T : unmanaged
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>Computes the product, on the pool's threads if it is large.</summary>
    public static void Run(in MatMulProblem<T> problem, WorkerPool workers)
    {
        fixed (MatMulProblem<T>* pinned = &problem)
        {
            GemmPlan plan = new(
                problem.M, problem.N, problem.K, MicroKernels<T, TVector>.MaximumRows, 2 * TVector.Count, sizeof(T));
            GemmJob<T> job = new() { Problem = pinned, Plan = plan };
            if (problem.Batches == 1)
            {
                RunProduct(ref job, 0, workers);
            }
            else if (problem.Flops >= GemmPlan.SmallProduct)
            {
                for (long batch = 0; batch < problem.Batches; batch++)
                    RunProduct(ref job, batch, workers);
            }
            else
            {
                // So many that the number of chunks is an int, however large the batch.
                long fewest = problem.Batches / int.MaxValue + 1;
                job.ProductsPerChunk = Math.Max(fewest, (long)(GemmPlan.SmallJob / Math.Max(1, problem.Flops)));
                workers.Run(&RunProducts, &job, (int)((problem.Batches + job.ProductsPerChunk - 1) / job.ProductsPerChunk));
            }
        }
    }

    /// <summary>Computes some products of a batch on this thread alone.</summary>
    private static void RunProducts(void* context, int chunk)
    {
        GemmJob<T> job = *(GemmJob<T>*)context;
        long first = chunk * job.ProductsPerChunk;
        long end = Math.Min(first + job.ProductsPerChunk, job.Problem->Batches);
        for (long batch = first; batch < end; batch++)
            RunProduct(ref job, batch, null);
    }

    /// <summary>Computes one product: slab by slab of a, if that must be copied.</summary>
    private static void RunProduct(ref GemmJob<T> job, long batch, WorkerPool? workers)
    {
        ref readonly GemmPlan plan = ref job.Plan;
        job.Problem->Locate(batch, out job.A, out job.B, out job.C);
        if (job.Problem->Flops < GemmPlan.SmallJob)
            workers = null;
        job.TakeSlab();
        for (nint block = 0; block < plan.Blocks; block = job.EndBlock)
        {
            job.FirstBlock = block;
            job.EndBlock = job.Copies ? Math.Min(block + plan.BlocksPerSlab, plan.Blocks) : plan.Blocks;
            for (nint group = 0; group < plan.Groups; group = job.EndGroup)
            {
                job.FirstGroup = group;
                job.EndGroup = job.Copies ? Math.Min(group + plan.GroupsPerSlab, plan.Groups) : plan.Groups;
                if (job.Copies)
                    Share(workers, &CopyStrips, ref job, (job.EndBlock - block) * job.CopiesPerBlock);
                Share(workers, &RunUnits, ref job, GemmPlan.CeilingDivide((job.EndGroup - group) * plan.Panels, plan.UnitsPerChunk));
            }
        }
    }

    private static void Share(WorkerPool? workers, delegate*<void*, int, void> body, ref GemmJob<T> job, nint chunks)
    {
        fixed (GemmJob<T>* pinned = &job)
        {
            if (workers is not null && chunks > 1)
            {
                workers.Run(body, pinned, checked((int)chunks));
                return;
            }
            for (nint chunk = 0; chunk < chunks; chunk++)
                body(pinned, (int)chunk);
        }
    }

    /// <summary>Copies a few strips of one block of a into the slab.</summary>
    private static void CopyStrips(void* context, int chunk)
    {
        ref readonly GemmJob<T> job = ref *(GemmJob<T>*)context;
        (nint block, nint part) = Math.DivRem(chunk, job.CopiesPerBlock);
        block += job.FirstBlock;
        nint strip = job.FirstStrip + part * GemmJob<T>.StripsPerCopy;
        nint end = Math.Min(strip + GemmJob<T>.StripsPerCopy, job.EndStrip);
        for (; strip < end; strip++)
            Packing.CopyStrip<T, TVector>(in job, block, strip);
    }

    private static void RunUnits(void* context, int chunk)
    {
        ref readonly GemmJob<T> job = ref *(GemmJob<T>*)context;
        ref readonly GemmPlan plan = ref job.Plan;
        nint first = chunk * plan.UnitsPerChunk;
        nint end = Math.Min(first + plan.UnitsPerChunk, (job.EndGroup - job.FirstGroup) * plan.Panels);
        for (nint unit = first; unit < end; unit++)
        {
            (nint group, nint panel) = Math.DivRem(unit, plan.Panels);
            new GemmUnit<T, TVector>(in job, job.FirstGroup + group, panel).Run();
        }
    }
}
