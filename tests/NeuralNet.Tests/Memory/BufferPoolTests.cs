using System.Runtime.CompilerServices;
using CsCheck;
using NeuralNet.Memory;

namespace NeuralNet.Tests;

public sealed class BufferPoolTests
{
    [Fact]
    public void Rent_AnySize_TakesAtMostAQuarterMore() =>
        Gen.Select(Gen.Int[0, 24], Gen.Double[1, 2], (exponent, mantissa) => (long)((1L << exponent) * mantissa)).Sample(
            byteLength =>
            {
                BufferPool pool = new();
                NativeStorage storage = pool.Rent(byteLength);
                long taken = pool.Statistics.LiveBytes;
                storage.RemoveOwner();
                return storage.ByteLength == byteLength && taken >= byteLength && taken <= byteLength * 1.25 + 64;
            },
            seed: "0000000000001",
            iter: 500,
            threads: 1);

    [Fact]
    public void Finalizer_OfStorage_ClosesItToFurtherOwners()
    {
        BufferPool pool = new();
        WeakReference<NativeStorage> dropped = Drop(pool);
        GC.Collect();
        GC.WaitForPendingFinalizers();

        dropped.TryGetTarget(out NativeStorage? storage).Should().BeTrue("the pool's list of orphans holds it");
        storage!.TryAddOwner().Should().BeFalse();
        pool.Statistics.LiveBytes.Should().Be(0);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference<NativeStorage> Drop(BufferPool pool) => new(pool.Rent(1000), trackResurrection: true);
    }

    [Fact]
    public void Allocate_MoreThanThereIs_NamesTheDevice()
    {
        Device device = Device.CreateCpu(new() { Threads = 1 });
        FluentActions.Invoking(() => Tensor.Empty([1L << 50], DType.UInt8, device)).Should().Throw<OutOfDeviceMemoryException>()
            .Which.Device.Should().Be(device.Name).And.StartWith("cpu:");
    }

    [Fact]
    public void Rent_SizesAroundTheClasses_AreCovered()
    {
        BufferPool pool = new();
        for (long units = 1; units <= 300; units++)
        {
            foreach (long byteLength in new[] { units * 64 - 1, units * 64, units * 64 + 1 })
            {
                NativeStorage storage = pool.Rent(byteLength);
                pool.Statistics.LiveBytes.Should().BeInRange(byteLength, byteLength * 5 / 4 + 64);
                storage.RemoveOwner();
            }
        }
        pool.Statistics.LiveBytes.Should().Be(0);
    }

    [Fact]
    public void Rent_AfterReturn_ReusesTheBlock()
    {
        BufferPool pool = new();
        pool.Rent(5000).RemoveOwner();

        NativeStorage again = pool.Rent(4900);

        pool.Statistics.Allocations.Should().Be(1);
        pool.Statistics.CachedBytes.Should().Be(0);
        pool.Statistics.LiveBytes.Should().BeGreaterThanOrEqualTo(5000);
        again.RemoveOwner();
        pool.Statistics.LiveBytes.Should().Be(0);
        pool.Statistics.CachedBytes.Should().Be(pool.Statistics.AllocatedBytes);
    }

    [Fact]
    public unsafe void Rent_Blocks_AreAligned()
    {
        BufferPool pool = new();
        for (int i = 0; i < 20; i++)
        {
            NativeStorage storage = pool.Rent(100 + 64 * i);
            fixed (byte* start = &storage.Reference)
                ((nint)start % BufferPool.Alignment).Should().Be(0);
            storage.RemoveOwner();
        }
    }

    [Fact]
    public void Statistics_CollectedUnreleased_BlocksComeBack()
    {
        BufferPool pool = new();
        RentAndForget(pool);
        pool.Statistics.LiveBytes.Should().BeGreaterThan(0);

        GC.Collect();
        GC.WaitForPendingFinalizers();

        pool.Statistics.LiveBytes.Should().Be(0);
        pool.Rent(5000).RemoveOwner();
        pool.Statistics.Allocations.Should().Be(8);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void RentAndForget(BufferPool pool)
        {
            for (int i = 0; i < 8; i++)
                pool.Rent(5000);
        }
    }

    [Fact]
    public void Rent_MoreThanThereIs_ThrowsWithTheNumbers()
    {
        BufferPool pool = new();
        NativeStorage held = pool.Rent(64 << 10);
        pool.Rent(1 << 20).RemoveOwner();
        pool.Statistics.CachedBytes.Should().BeGreaterThan(0);

        OutOfDeviceMemoryException thrown = pool.Invoking(p => p.Rent(1L << 50)).Should().Throw<OutOfDeviceMemoryException>().Which;

        thrown.RequestedBytes.Should().Be(1L << 50);
        thrown.LiveBytes.Should().Be(64 << 10);
        thrown.CachedBytes.Should().Be(0, "what was kept is given back first");
        thrown.InnerException.Should().NotBeNull();
        thrown.Device.Should().Be("cpu");
        thrown.Message.Should().Be("cpu: out of memory. 1048576 GiB were asked for while 65536 bytes are in use and 0 bytes kept for reuse. Use smaller batches or shapes, or end tensors earlier with a TensorScope.");
        held.RemoveOwner();
    }

    [Fact]
    public void Rent_VaryingSizes_DoesNotHoardMemory()
    {
        BufferPool pool = new();
        for (int i = 1; i <= 40; i++)
            pool.Rent(i * (4L << 20)).RemoveOwner();

        // More than half the smallest budget is given back before fresh memory is taken.
        pool.Statistics.CachedBytes.Should().BeLessThan((128L << 20) + (200L << 20));
        pool.Statistics.AllocatedBytes.Should().BeGreaterThan(800L << 20);
    }

    [Fact]
    public void Rent_ManyThreads_NeverShareABlock()
    {
        BufferPool pool = new();
        int violations = 0;

        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, thread =>
        {
            Random random = new(thread);
            for (int i = 0; i < 2000; i++)
            {
                NativeStorage storage = pool.Rent(1100 + 64 * random.Next(20));
                Span<byte> bytes = System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref storage.Reference, (int)storage.ByteLength);
                bytes.Fill((byte)(thread + 1));
                Thread.Yield();
                if (bytes.ContainsAnyExcept((byte)(thread + 1)))
                    Interlocked.Increment(ref violations);
                storage.RemoveOwner();
            }
        });

        violations.Should().Be(0);
        pool.Statistics.LiveBytes.Should().Be(0);
    }

    [Fact]
    public void Rent_ManyThreadsThatDropBlocks_CollectsForAllAtOnce()
    {
        const int threads = 8, rounds = 200, bytes = 1 << 20;
        BufferPool pool = new();
        Thread[] users = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < rounds; i++)
                pool.Rent(bytes);
        }))];
        foreach (Thread user in users)
            user.Start();
        foreach (Thread user in users)
            user.Join();
        MemoryStatistics statistics = pool.Statistics;
        statistics.Collections.Should().BeInRange(1, threads * rounds * (long)bytes / (8L << 20));
        statistics.AllocatedBytes.Should().BeLessThan(threads * rounds * (long)bytes / 2, "dropped blocks come back");
    }
}
