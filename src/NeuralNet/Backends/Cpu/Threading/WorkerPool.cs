using System.Globalization;

namespace NeuralNet.Backends.Cpu.Threading;

/// <summary>
/// Runs the chunks of a job on several threads, the caller's included. Workers start with the first job, spin for a while after each one
/// and then sleep; they are background threads that know only the <see cref="WorkerTeam"/>, so a pool that nobody holds ends them.
/// </summary>
internal sealed unsafe class WorkerPool
{
    /// <summary>
    /// How long an idle worker spins before it sleeps, unless the environment variable <c>NEURALNET_SPIN_MICROSECONDS</c> says otherwise:
    /// longer than the gaps between the kernels of a training step, since waking a sleeper takes 10–100 µs.
    /// </summary>
    private const int DefaultSpinMicroseconds = 200;

    private readonly WorkerTeam? _team;

    public WorkerPool(int threads)
        : this(threads, SpinMicrosecondsFromEnvironment())
    {
    }

    /// <summary>Makes a pool of this many threads, the caller's included; a pool of one has none of its own.</summary>
    public WorkerPool(int threads, int spinMicroseconds)
    {
        Threads = threads;
        if (threads > 1)
            _team = new(threads - 1, spinMicroseconds);
        else
            GC.SuppressFinalize(this);
    }

    ~WorkerPool() => _team?.Stop();

    public int Threads { get; }

    /// <summary>
    /// Runs body(context, chunk) for every chunk in [0, chunks), on any threads, and returns when all have run. If the pool is busy, with
    /// another thread's job or the one that calls, then the caller runs them all itself. The body must not throw.
    /// </summary>
    public void Run(delegate*<void*, int, void> body, void* context, int chunks)
    {
        if (_team is not null && chunks > 1 && _team.TryRun(body, context, chunks))
            return;
        for (int chunk = 0; chunk < chunks; chunk++)
            body(context, chunk);
    }

    private static int SpinMicrosecondsFromEnvironment()
    {
        string? text = Environment.GetEnvironmentVariable("NEURALNET_SPIN_MICROSECONDS");
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int spin) ? spin : DefaultSpinMicroseconds;
    }
}
