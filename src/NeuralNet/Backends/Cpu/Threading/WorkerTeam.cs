using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NeuralNet.Backends.Cpu.Threading;

/// <summary>
/// What the workers of a pool share. One job runs at a time. Its state is one 64-bit number: the job's epoch, a bit that says whether it is
/// closed, and how many workers are inside. A worker enters an open job by compare-and-swap; the caller closes the job when no chunk is
/// left and waits only for those who entered, never for one that the operating system has yet to run.
/// </summary>
/// <remarks>
/// Each thread begins with a share of neighbouring chunks, the same share in every job, and helps with the others' when its own is done:
/// what a thread read and wrote in one job mostly lies in its core's cache when the next job comes to it.
/// </remarks>
internal sealed unsafe class WorkerTeam(int workers, int spinMicroseconds)
{
    private const long ActiveMask = 0x7FFF_FFFF;
    private const long ClosedBit = 0x8000_0000;
    private const int EpochShift = 32;

    /// <summary>How long to poll before looking at the clock or yielding; one poll takes about 20 ns.</summary>
    private const int PollsPerRound = 32;

    // With more threads than processors a spinning thread keeps one from its work.
    private readonly bool _spins = workers < Environment.ProcessorCount;
    private readonly SemaphoreSlim _wake = new(0);

    /// <summary>One for each thread, the caller's being the first.</summary>
    private readonly Share[] _shares = new Share[workers + 1];
    private Job _job = new() { State = ClosedBit };
    private int _busy;
    private int _sleepers;
    private bool _started;
    private volatile bool _stop;

    /// <summary>Runs the job, unless another is running.</summary>
    public bool TryRun(delegate*<void*, int, void> body, void* context, int chunks)
    {
        if (Volatile.Read(ref _busy) != 0 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
            return false;
        if (!_started)
            Start();

        // The previous job is closed and empty, so nobody reads these fields until the new state is published.
        Debug.Assert((_job.State & (ClosedBit | ActiveMask)) == ClosedBit);
        _job.Body = body;
        _job.Context = context;
        for (int i = 0; i < _shares.Length; i++)
        {
            _shares[i].Next = (int)((long)chunks * i / _shares.Length);
            _shares[i].End = (int)((long)chunks * (i + 1) / _shares.Length);
        }
        Interlocked.Exchange(ref _job.State, ((_job.State >> EpochShift) + 1) << EpochShift);
        WakeSleepers(chunks - 1);

        RunChunks(0);
        Interlocked.Or(ref _job.State, ClosedBit);
        WaitForWorkersInside();
        Volatile.Write(ref _busy, 0);
        return true;
    }

    /// <summary>Ends the workers, each after the job that it is in.</summary>
    public void Stop()
    {
        _stop = true;
        _wake.Release(workers);
    }

    private void Start()
    {
        _started = true;
        for (int i = 1; i <= workers; i++)
        {
            int share = i;
            new Thread(() => Work(share)) { IsBackground = true, Name = $"NeuralNet worker {i}" }.UnsafeStart();
        }
    }

    private void Work(int share)
    {
        long seen = 0;
        while (!_stop)
        {
            long state = Volatile.Read(ref _job.State);
            if (!IsNewJob(state, seen))
            {
                AwaitJob(seen);
                continue;
            }
            if (Interlocked.CompareExchange(ref _job.State, state + 1, state) != state)
                continue;
            seen = state >> EpochShift;
            RunChunks(share);
            Interlocked.Decrement(ref _job.State);
        }
    }

    private static bool IsNewJob(long state, long seen) => (state & ClosedBit) == 0 && state >> EpochShift != seen;

    /// <summary>Runs the chunks of a share, then of those that follow it, until none is left.</summary>
    private void RunChunks(int first)
    {
        delegate*<void*, int, void> body = _job.Body;
        void* context = _job.Context;
        for (int i = 0; i < _shares.Length; i++)
        {
            int number = first + i;
            ref Share share = ref _shares[number < _shares.Length ? number : number - _shares.Length];
            int end = share.End;
            // A look before the claim: a share that is done stays in the caches of those who look at it.
            while (Volatile.Read(ref share.Next) < end)
            {
                int chunk = Interlocked.Increment(ref share.Next) - 1;
                if (chunk < end)
                    body(context, chunk);
            }
        }
    }

    private void WaitForWorkersInside()
    {
        for (int polls = 1; (Volatile.Read(ref _job.State) & ActiveMask) != 0; polls++)
        {
            if (_spins && polls % (PollsPerRound * PollsPerRound) != 0)
                Thread.SpinWait(1);
            else
                Thread.Yield();
        }
    }

    /// <summary>Returns when a job may be there: spins first, then sleeps.</summary>
    private void AwaitJob(long seen)
    {
        if (_spins)
        {
            long start = Stopwatch.GetTimestamp();
            do
            {
                for (int poll = 0; poll < PollsPerRound; poll++)
                {
                    if (IsNewJob(Volatile.Read(ref _job.State), seen))
                        return;
                    Thread.SpinWait(1);
                }
            }
            while (!_stop && Stopwatch.GetElapsedTime(start).TotalMicroseconds < spinMicroseconds);
        }

        // Announce first, look once more after: a caller publishes first and counts the sleepers after, so one of the two sees the other.
        Interlocked.Increment(ref _sleepers);
        if (!_stop && !IsNewJob(Volatile.Read(ref _job.State), seen))
            _wake.Wait();
        else if (TakeSleepers(1) == 0)
            _wake.Wait(); // A caller has counted this worker already: its signal is on the way.
    }

    private void WakeSleepers(int most)
    {
        if (Volatile.Read(ref _sleepers) == 0)
            return;
        int count = TakeSleepers(most);
        if (count > 0)
            _wake.Release(count);
    }

    /// <summary>Takes up to this many sleepers off the count; who takes them wakes them.</summary>
    private int TakeSleepers(int most)
    {
        int sleepers = Volatile.Read(ref _sleepers);
        while (sleepers > 0)
        {
            int taken = Math.Min(sleepers, most);
            int current = Interlocked.CompareExchange(ref _sleepers, sleepers - taken, sleepers);
            if (current == sleepers)
                return taken;
            sleepers = current;
        }
        return 0;
    }

    /// <summary>The running job. The word that all threads write has a cache line of its own, and its neighbour.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    private struct Job
    {
        [FieldOffset(128)]
        public long State;

        [FieldOffset(256)]
        public delegate*<void*, int, void> Body;

        [FieldOffset(264)]
        public void* Context;
    }

    /// <summary>The chunks of one thread that nobody has begun. Shares lie cache lines apart.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Share
    {
        [FieldOffset(0)]
        public int Next;

        [FieldOffset(4)]
        public int End;
    }
}
