using CsCheck;
using NeuralNet.Backends;
using NeuralNet.Backends.Cpu;
using static NeuralNet.Tests.Backends.KernelBench;

namespace NeuralNet.Tests.Backends;

public class CopyKernelTests
{
    private static readonly Shape[] s_shapes =
        [[], [0], [1], [13], [5, 7], [8, 8], [16, 40], [3, 4, 5], [2, 3, 4, 5], [2, 11, 9, 17], [100_003], [317, 331]];

    public static TheoryData<InstructionSet> InstructionSets => KernelBench.InstructionSets;

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Copy_AnyLayoutToDense_MovesEveryElement(InstructionSet set)
    {
        foreach (Shape shape in s_shapes)
        {
            foreach (Layout output in DenseLayouts(shape))
            {
                foreach (Layout input in Layouts(shape))
                    CheckCopy(set, input, output, i => (int)i);
            }
        }
    }

    [Fact]
    public void Copy_EveryElementSize_MovesEveryElement()
    {
        foreach (Shape shape in s_shapes)
        {
            foreach (Layout input in DenseLayouts(shape))
            {
                CheckCopy(InstructionSet.Avx512, input, Layout.Contiguous(shape), i => (byte)(i * 7));
                CheckCopy(InstructionSet.Avx512, input, Layout.Contiguous(shape), i => (ushort)(i * 7));
                CheckCopy(InstructionSet.Avx512, input, Layout.Contiguous(shape), i => i * 0.5);
                CheckCopy(InstructionSet.Avx512, input, Layout.Contiguous(shape), i => (decimal)i);
            }
        }
    }

    [Fact]
    public void Copy_IntoSlice_LeavesTheRest()
    {
        CpuBackend backend = Backend(InstructionSet.Avx512);
        Layout whole = Layout.Contiguous([9, 11]);
        Layout slice = whole.Slice(0, 1, 4, 2).Slice(1, 2, 3, 3);
        View<float> y = Make(backend, whole, i => -1f - i);
        backend.Copy(Make(backend, Layout.Contiguous([4, 3]), i => (float)i), y.With(slice));
        float[] expected = Values(whole, i => -1f - i);
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 3; j++)
                expected[(1 + 2 * i) * 11 + 2 + 3 * j] = i * 3 + j;
        }
        Read(backend, y).Should().Equal(expected);
    }

    [Fact]
    public void Copy_RandomShapesAndOrders_MatchesIndexer() =>
        (from sizes in Gen.Long[1, 20].Array[1, 4]
         from orderX in Gen.Shuffle(Enumerable.Range(0, sizes.Length).ToArray())
         from orderY in Gen.Shuffle(Enumerable.Range(0, sizes.Length).ToArray())
         select (sizes, orderX, orderY))
        .Sample(
            sample => CheckCopy(
                InstructionSet.Avx512, Layout.Dense(sample.sizes, sample.orderX), Layout.Dense(sample.sizes, sample.orderY), i => (float)i),
            iter: 300,
            threads: 1,
            seed: "0000KOIPe8M6");

    [Fact]
    public void Fill_Slice_LeavesTheRest()
    {
        CpuBackend backend = Backend(InstructionSet.Avx512);
        foreach (Shape shape in s_shapes)
        {
            foreach (Layout layout in Layouts(shape))
            {
                View<int> y = Make(backend, layout, i => (int)i);
                backend.Fill(-5, y);
                HashSet<long> filled = [.. Offsets(layout)];
                long length = y.Storage.ByteLength / sizeof(int);
                Read(backend, y.With(Layout.Contiguous([length]))).AsSpan()
                    .SequenceEqual(Values(Layout.Contiguous([length]), i => filled.Contains(i) ? -5 : (int)i))
                    .Should().BeTrue($"{layout}");
            }
        }
    }

    private static void CheckCopy<T>(InstructionSet set, Layout input, Layout output, Func<long, T> value)
        where T : unmanaged
    {
        T[] result = RunOnAnyThreads(set, input.Shape, backend =>
        {
            View<T> y = Make(backend, output, _ => default(T));
            backend.Copy(Make(backend, input, value), y);
            return Read(backend, y);
        });
        result.AsSpan().SequenceEqual(Values(input, value)).Should().BeTrue($"{input} to {output}");
    }
}
