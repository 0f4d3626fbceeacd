using System.Runtime.InteropServices;
using NeuralNet.Backends;
using NeuralNet.Backends.Cpu;
using NeuralNet.Memory;

namespace NeuralNet.Tests;

public sealed class RandomKernelsTests
{
    private const ulong Key = 20240229;

    /// <summary>Three chunks of work and a rest that is no multiple of a block or of a vector.</summary>
    private const int Length = 3 * 16384 + 1237;

    public static TheoryData<InstructionSet, int> Configurations
    {
        get
        {
            TheoryData<InstructionSet, int> data = [];
            foreach (InstructionSet set in Enum.GetValues<InstructionSet>().Where(set => set <= CpuOptions.WidestInstructionSet))
            {
                foreach (int threads in new[] { 1, 2, 3, 8 })
                    data.Add(set, threads);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Draws_AnyThreadsAndInstructionSet_GiveTheSameBits(InstructionSet instructionSet, int threads)
    {
        CpuBackend reference = CreateBackend(InstructionSet.Scalar, 1);
        CpuBackend backend = CreateBackend(instructionSet, threads);

        foreach (Func<CpuBackend, int, byte[]> draw in Draws)
            draw(backend, Length).AsSpan().SequenceEqual(draw(reference, Length)).Should().BeTrue();
    }

    [Fact]
    public void Draws_FewerElements_ArePrefixOfMore()
    {
        CpuBackend backend = CreateBackend(CpuOptions.WidestInstructionSet, 2);
        foreach (Func<CpuBackend, int, byte[]> draw in Draws)
        {
            byte[] all = draw(backend, Length);
            foreach (int length in new[] { 0, 1, 2, 3, 4, 5, 31, 1023, 1025, 16384, 16385 })
            {
                byte[] some = draw(backend, length);
                all.AsSpan(0, some.Length).SequenceEqual(some).Should().BeTrue("{0} elements were drawn", length);
            }
        }
    }

    [Fact]
    public void Draws_LaterCounter_ContinueTheStream()
    {
        CpuBackend backend = CreateBackend(CpuOptions.WidestInstructionSet, 1);

        float[] floats = Draw<float>(backend, 400, (b, y) => b.Uniform(Key, 5, 0f, 1f, y));
        double[] doubles = Draw<double>(backend, 400, (b, y) => b.Normal(Key, 5, 0d, 1d, y));

        Draw<float>(backend, 40, (b, y) => b.Uniform(Key, 5 + 90, 0f, 1f, y)).Should().Equal(floats[360..]);
        Draw<double>(backend, 40, (b, y) => b.Normal(Key, 5 + 180, 0d, 1d, y)).Should().Equal(doubles[360..]);
    }

    [Fact]
    public void Draws_ViewWithOffset_WriteNothingElse()
    {
        CpuBackend backend = CreateBackend(CpuOptions.WidestInstructionSet, 1);
        float[] memory = new float[100];
        Storage storage = backend.Allocate(memory.Length * sizeof(float));
        backend.Upload(MemoryMarshal.AsBytes(memory.AsSpan()), storage, 0);

        backend.Normal(Key, 0, 0f, 1f, new View<float>(storage, new Layout(new Shape(50), [1], 25)));

        backend.Download(storage, 0, MemoryMarshal.AsBytes(memory.AsSpan()));
        memory[..25].Should().OnlyContain(x => x == 0);
        memory[25..75].Should().NotContain(0f);
        memory[75..].Should().OnlyContain(x => x == 0);
    }

    [Fact]
    public void Uniform_Unit_TakesTheUpperBitsOfEachWord()
    {
        CpuBackend backend = CreateBackend(CpuOptions.WidestInstructionSet, 1);

        float[] floats = Draw<float>(backend, 100, (b, y) => b.Uniform(Key, 7, 0f, 1f, y));
        double[] doubles = Draw<double>(backend, 100, (b, y) => b.Uniform(Key, 7, 0d, 1d, y));

        for (int i = 0; i < 100; i++)
        {
            floats[i].Should().Be((Philox.Block(Key, 7 + (ulong)i / 4).Word(i % 4) >> 8) / 16777216f);
            doubles[i].Should().Be((Philox.Block(Key, 7 + (ulong)i / 2).Long(i % 2) >> 11) / 9007199254740992d);
        }
    }

    [Theory]
    [InlineData(-1f, 1f)]
    [InlineData(1f, 1.0000002f)]
    [InlineData(16777216f, 16777220f)]
    [InlineData(-3e-45f, 3e-45f)]
    public void Uniform_NarrowIntervals_StayBelowHigh(float low, float high)
    {
        foreach (InstructionSet set in new[] { InstructionSet.Scalar, CpuOptions.WidestInstructionSet })
        {
            float[] values = Draw<float>(CreateBackend(set, 1), 20_000, (b, y) => b.Uniform(Key, 0, low, high, y));

            values.Should().OnlyContain(x => x >= low && x < high);
            values.Distinct().Should().HaveCountGreaterThan(1);
        }
    }

    [Fact]
    public void Uniform_EmptyInterval_GivesLow() =>
        Draw<float>(CreateBackend(CpuOptions.WidestInstructionSet, 1), 20, (b, y) => b.Uniform(Key, 0, 2f, 2f, y))
            .Should().OnlyContain(x => x == 2f);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void Bernoulli_CertainProbability_IsConstant(double probability, byte expected) =>
        Draw<byte>(CreateBackend(CpuOptions.WidestInstructionSet, 1), Length, (b, y) => b.Bernoulli(Key, 0, probability, y))
            .Should().OnlyContain(x => x == expected);

    [Fact]
    public void Integers_WidestIntervals_ReachBothHalves()
    {
        CpuBackend backend = CreateBackend(CpuOptions.WidestInstructionSet, 1);

        long[] values = Draw<long>(backend, 1000, (b, y) => b.Integers(Key, 0, long.MinValue, long.MaxValue, y));

        values.Should().Contain(x => x < long.MinValue / 2).And.Contain(x => x > long.MaxValue / 2);
        values.Should().OnlyHaveUniqueItems();
    }

    private static IEnumerable<Func<CpuBackend, int, byte[]>> Draws =>
    [
        (backend, n) => DrawBytes<float>(backend, n, (b, y) => b.Uniform(Key, 11, -2f, 3f, y)),
        (backend, n) => DrawBytes<double>(backend, n, (b, y) => b.Uniform(Key, 11, -2d, 3d, y)),
        (backend, n) => DrawBytes<float>(backend, n, (b, y) => b.Normal(Key, 11, 0.5f, 2f, y)),
        (backend, n) => DrawBytes<double>(backend, n, (b, y) => b.Normal(Key, 11, 0.5, 2, y)),
        (backend, n) => DrawBytes<byte>(backend, n, (b, y) => b.Bernoulli(Key, 11, 0.3, y)),
        (backend, n) => DrawBytes<long>(backend, n, (b, y) => b.Integers(Key, 11, -5, 1L << 40, y)),
    ];

    internal static CpuBackend CreateBackend(InstructionSet instructionSet, int threads) =>
        new(new CpuOptions { InstructionSet = instructionSet, Threads = threads });

    internal static T[] Draw<T>(CpuBackend backend, int length, Action<CpuBackend, View<T>> draw)
        where T : unmanaged
    {
        T[] values = new T[length];
        Storage storage = backend.Allocate(length * Marshal.SizeOf<T>());
        draw(backend, new View<T>(storage, Layout.Contiguous(new Shape(length))));
        backend.Download(storage, 0, MemoryMarshal.AsBytes(values.AsSpan()));
        storage.RemoveOwner();
        return values;
    }

    private static byte[] DrawBytes<T>(CpuBackend backend, int length, Action<CpuBackend, View<T>> draw)
        where T : unmanaged => MemoryMarshal.AsBytes(Draw(backend, length, draw).AsSpan()).ToArray();
}
