using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Tests.Backends;

public sealed unsafe class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Run_AnyChunks_RunsEachExactlyOnce(int threads)
    {
        WorkerPool pool = new(threads);
        int[] counts = new int[1000];
        foreach (int chunks in new[] { 0, 1, 2, 3, 7, 64, 999, 1000 })
        {
            Array.Clear(counts);
            RunCounting(pool, counts, chunks);
            counts.Should().Equal(Enumerable.Range(0, counts.Length).Select(chunk => chunk < chunks ? 1 : 0));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void Run_ManySmallJobs_LosesAndRepeatsNoChunk(int threads)
    {
        WorkerPool pool = new(threads);
        int[] counts = new int[5];
        const int rounds = 20_000;
        for (int round = 0; round < rounds; round++)
            RunCounting(pool, counts, counts.Length);
        counts.Should().AllBeEquivalentTo(rounds);
    }

    [Fact]
    public void Run_WorkersSleep_WakesThem()
    {
        // Spinning for no time at all makes the workers sleep between any two jobs.
        WorkerPool pool = new(3, spinMicroseconds: 0);
        int[] counts = new int[6];
        const int rounds = 3000;
        for (int round = 0; round < rounds; round++)
            RunCounting(pool, counts, counts.Length);
        counts.Should().AllBeEquivalentTo(rounds);
    }

    [Fact]
    public void Run_SeveralThreads_EmploysAnotherThread()
    {
        WorkerPool pool = new(2);
        Meeting meeting = default;
        // Each chunk waits for the other, so one thread alone would never end.
        pool.Run(&Meet, &meeting, 2);
        meeting.Arrived.Should().Be(2);
        meeting.FirstThread.Should().NotBe(meeting.SecondThread);
    }

    [Fact]
    public void Run_OneThread_StaysOnTheCaller()
    {
        WorkerPool pool = new(1);
        int[] threads = new int[100];
        fixed (int* pinned = threads)
            pool.Run(&RecordThread, pinned, threads.Length);
        threads.Should().AllBeEquivalentTo(Environment.CurrentManagedThreadId);
    }

    [Fact]
    public void Run_ConcurrentCallers_EachGetsAllItsChunks()
    {
        WorkerPool pool = new(3);
        int[][] counts = [new int[17], new int[17], new int[17], new int[17]];
        const int rounds = 2000;
        Thread[] callers = [.. counts.Select(own => new Thread(() =>
        {
            for (int round = 0; round < rounds; round++)
                RunCounting(pool, own, own.Length);
        }))];
        foreach (Thread caller in callers)
            caller.Start();
        foreach (Thread caller in callers)
            caller.Join();
        foreach (int[] own in counts)
            own.Should().AllBeEquivalentTo(rounds);
    }

    [Fact]
    public void Run_FromAChunk_RunsOnThatThread()
    {
        WorkerPool pool = new(3);
        int[] counts = new int[8 * 4];
        Nested nested = new() { Pool = GCHandle.Alloc(pool) };
        fixed (int* pinned = counts)
        {
            nested.Counts = pinned;
            for (int round = 0; round < 200; round++)
                pool.Run(&RunNested, &nested, 8);
        }
        nested.Pool.Free();
        counts.Should().AllBeEquivalentTo(200);
    }

    [Fact]
    public void Run_WarmPool_AllocatesNothing()
    {
        WorkerPool pool = new(2);
        int[] counts = new int[4];
        fixed (int* pinned = counts)
        {
            pool.Run(&Count, pinned, counts.Length);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int round = 0; round < 1000; round++)
                pool.Run(&Count, pinned, counts.Length);
            (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
        }
    }

    [Fact]
    public void Finalizer_DroppedPool_EndsItsThreads()
    {
        Thread worker = UseAndDrop();
        bool ended = false;
        for (int attempt = 0; attempt < 100 && !ended; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            ended = worker.Join(TimeSpan.FromMilliseconds(100));
        }
        ended.Should().BeTrue("the finalizer of the pool stops its workers");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Thread UseAndDrop()
    {
        WorkerPool pool = new(2);
        Meeting meeting = default;
        s_other = null;
        s_caller = Thread.CurrentThread;
        pool.Run(&MeetAndRemember, &meeting, 2);
        return s_other!;
    }

    [ThreadStatic]
    private static Thread? s_caller;

    private static Thread? s_other;

    private static void RunCounting(WorkerPool pool, int[] counts, int chunks)
    {
        fixed (int* pinned = counts)
            pool.Run(&Count, pinned, chunks);
    }

    private static void Count(void* context, int chunk) => Interlocked.Increment(ref ((int*)context)[chunk]);

    private static void RecordThread(void* context, int chunk) => ((int*)context)[chunk] = Environment.CurrentManagedThreadId;

    private static void Meet(void* context, int chunk)
    {
        Meeting* meeting = (Meeting*)context;
        if (Interlocked.Increment(ref meeting->Arrived) == 1)
            meeting->FirstThread = Environment.CurrentManagedThreadId;
        else
            meeting->SecondThread = Environment.CurrentManagedThreadId;
        SpinWait spin = default;
        while (Volatile.Read(ref meeting->Arrived) < 2)
            spin.SpinOnce();
    }

    private static void MeetAndRemember(void* context, int chunk)
    {
        if (s_caller is null)
            Volatile.Write(ref s_other, Thread.CurrentThread);
        Meet(context, chunk);
    }

    private static void RunNested(void* context, int chunk)
    {
        Nested* nested = (Nested*)context;
        ((WorkerPool)nested->Pool.Target!).Run(&Count, nested->Counts + 4 * chunk, 4);
    }

    private struct Meeting
    {
        public int Arrived;
        public int FirstThread;
        public int SecondThread;
    }

    private struct Nested
    {
        public GCHandle Pool;
        public int* Counts;
    }
}
