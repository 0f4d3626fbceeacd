using NeuralNet.Memory;

namespace NeuralNet.Tests;

public sealed class StorageTests
{
    [Fact]
    public void RemoveOwner_LastOne_ReleasesOnce()
    {
        CountingStorage storage = new();
        storage.TryAddOwner().Should().BeTrue();

        storage.RemoveOwner();
        storage.Releases.Should().Be(0);
        storage.RemoveOwner();

        storage.Releases.Should().Be(1);
        storage.IsReleased.Should().BeTrue();
    }

    [Fact]
    public void TryAddOwner_AfterTheRelease_Fails()
    {
        CountingStorage storage = new();
        storage.RemoveOwner();

        storage.TryAddOwner().Should().BeFalse();
        storage.Releases.Should().Be(1);
    }

    [Fact]
    public void Owners_ManyThreads_ReleaseOnceAndNeverEarly()
    {
        for (int round = 0; round < 50; round++)
        {
            CountingStorage storage = new();
            int violations = 0;
            Parallel.For(0, 4, i =>
            {
                for (int turn = 0; turn < 200 && storage.TryAddOwner(); turn++)
                {
                    if (storage.Releases != 0)
                        Interlocked.Increment(ref violations);
                    if (i == 0 && turn == 100)
                        storage.RemoveOwner();
                    storage.RemoveOwner();
                }
            });

            violations.Should().Be(0);
            storage.Releases.Should().Be(1);
        }
    }

    [Fact]
    public void Version_Writes_CountUp()
    {
        Tensor x = Tensor.Zeros(2, 2);
        int before = x.Storage.Version;

        x.Fill(1);
        x[0].CopyFrom(Tensor.Zeros(2));
        x.T.Write<float>(span => span[0] = 5);
        _ = x + 1;

        x.Storage.Version.Should().BeGreaterThanOrEqualTo(before + 3);
        x.T.Storage.Version.Should().Be(x.Storage.Version);
    }

    private sealed class CountingStorage : Storage
    {
        private int _releases;

        public int Releases => Volatile.Read(ref _releases);

        public override long ByteLength => 0;

        protected override void Release() => Interlocked.Increment(ref _releases);
    }
}
