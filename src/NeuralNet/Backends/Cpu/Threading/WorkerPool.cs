namespace NeuralNet.Backends.Cpu.Threading;

/// <summary>Placeholder until the pool stands: runs every chunk on the caller.</summary>
internal sealed class WorkerPool(int threads)
{
    public int Threads { get; } = threads;

    /// <summary>Runs body(context, chunk) for every chunk in [0, chunks), on any threads, and returns when all have run.</summary>
    public unsafe void Run(delegate*<void*, int, void> body, void* context, int chunks)
    {
        for (int chunk = 0; chunk < chunks; chunk++)
            body(context, chunk);
    }
}
