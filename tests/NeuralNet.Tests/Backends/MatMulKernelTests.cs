using System.Numerics;
using NeuralNet.Backends.Cpu;

namespace NeuralNet.Tests.Backends;

public abstract class MatMulKernelTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly int[] s_sizes = [1, 2, 3, 13, 31, 33, 65, 127];

    public static TheoryData<InstructionSet> InstructionSets => new(Enum.GetValues<InstructionSet>());

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void MatMul_AllSizes_EqualsTripleLoop(InstructionSet set)
    {
        CpuBackend backend = Backend(set);
        foreach (int m in s_sizes)
        {
            foreach (int n in s_sizes)
            {
                // Every depth meets every shape in some of the runs; all of them in each would take minutes.
                int k = s_sizes[(Array.IndexOf(s_sizes, m) * 3 + Array.IndexOf(s_sizes, n)) % s_sizes.Length];
                MatMulCase<T> product = new(m, k, n);
                product.Check(product.Run(backend));
            }
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void MatMul_DeepSum_EqualsTripleLoop(InstructionSet set)
    {
        CpuBackend backend = Backend(set);
        (int M, int K, int N)[] sizes = [(31, 257, 33), (13, 1100, 65), (1, 1030, 65), (65, 1030, 1), (257, 257, 40), (2, 513, 40)];
        foreach ((int m, int k, int n) in sizes)
        {
            MatMulCase<T> product = new(m, k, n);
            product.Check(product.Run(backend, accumulate: true, bias: true, relu: true), accumulate: true, bias: true, relu: true);
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void MatMul_OfAFewElements_EqualsTripleLoopWithEveryEpilogue(InstructionSet set)
    {
        CpuBackend backend = Backend(set);
        (int M, int K, int N)[] sizes = [(1, 1, 1), (4, 2, 8), (4, 8, 1), (1, 4, 8), (8, 4, 2), (4, 1, 8), (3, 5, 7), (2, 64, 2), (1, 256, 1), (16, 1, 16), (7, 5, 8)];
        foreach ((int m, int k, int n) in sizes)
        {
            MatMulCase<T> product = new(new Layout([m, k], [1, m], 3), new Layout([k, n], [1, k], 2), new Layout([m, n], [n + 2, 1], 1));
            product.Check(product.Run(backend));
            product.Check(product.Run(backend, accumulate: true, bias: true, relu: true), accumulate: true, bias: true, relu: true);
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void MatMul_TransposedOperands_EqualsTripleLoop(InstructionSet set)
    {
        CpuBackend backend = Backend(set);
        (int M, int K, int N)[] sizes = [(3, 2, 5), (33, 31, 65), (20, 300, 127), (1, 33, 40), (40, 33, 1), (8, 8, 8), (230, 20, 130)];
        foreach ((int m, int k, int n) in sizes)
        {
            foreach ((bool a, bool b) in new[] { (true, false), (false, true), (true, true) })
            {
                Layout left = a ? new([m, k], [1, m], 3) : Layout.Contiguous([m, k]);
                Layout right = b ? new([k, n], [1, k], 2) : Layout.Contiguous([k, n]);
                MatMulCase<T> product = new(left, right, Layout.Contiguous([m, n]));
                product.Check(product.Run(backend));
            }
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void MatMul_StridedOperands_EqualsTripleLoop(InstructionSet set)
    {
        CpuBackend backend = Backend(set);
        foreach ((int m, int k, int n) in new[] { (3, 2, 5), (33, 31, 65), (30, 300, 130), (1, 33, 40), (40, 33, 1) })
        {
            MatMulCase<T> product = new(
                new Layout([m, k], [2 * k + 1, 2], 1), new Layout([k, n], [3 * n + 2, 3], 5), new Layout([m, n], [n + 3, 1], 2));
            product.Check(product.Run(backend, accumulate: true, bias: true), accumulate: true, bias: true);
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void MatMul_CollidingRows_EqualsTripleLoop(InstructionSet set)
    {
        // Rows 4096 bytes apart take the path that copies a, in both orientations.
        CpuBackend backend = Backend(set);
        MatMulCase<T> rows = new(new([40, 70], [1024, 1], 0), Layout.Contiguous([70, 200]), Layout.Contiguous([40, 200]));
        rows.Check(rows.Run(backend));
        MatMulCase<T> columns = new(new([70, 40], [1, 1024], 0), Layout.Contiguous([40, 200]), Layout.Contiguous([70, 200]));
        columns.Check(columns.Run(backend));
        // Strips of every height that more than one can have; behind the last there is no row to copy along.
        for (int m = 7; m <= 31; m++)
        {
            MatMulCase<T> heights = new(new([m, 19], [1024, 1], 0), Layout.Contiguous([19, 70]), Layout.Contiguous([m, 70]));
            heights.Check(heights.Run(backend, bias: true), bias: true);
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void MatMul_EveryHeightAndWidth_EqualsTripleLoop(InstructionSet set)
    {
        // Every kernel: strips of 1 to 14 rows, panels of one and of two vectors, whole and partial, of packed and of copied b, and a that
        // has rows or columns. More steps than are unrolled, and a rest.
        CpuBackend backend = Backend(set);
        for (int m = 2; m <= 31; m++)
        {
            foreach (int n in new[] { 2, 4, 8, 16, 17, 32, 35, 64 })
            {
                Layout columns = new([m, 11], [1, m], 0);
                MatMulCase<T> ofRows = new(m, 11, n), ofColumns = new(columns, Layout.Contiguous([11, n]), Layout.Contiguous([m, n]));
                ofRows.Check(ofRows.Run(backend));
                ofColumns.Check(ofColumns.Run(backend, accumulate: true, bias: true), accumulate: true, bias: true);
            }
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void MatMul_SeveralGroupsAndSlabs_EqualsTripleLoopOnAnyThreads(InstructionSet set)
    {
        // Rows in several groups and in more than one slab, sums of several blocks, whole and copied a.
        (int M, int K, int N)[] sizes = [(601, 530, 33), (2203, 260, 20), (90, 700, 130)];
        foreach ((int m, int k, int n) in sizes)
        {
            foreach (bool transposed in new[] { false, true })
            {
                Layout a = transposed ? new([m, k], [1, m], 0) : Layout.Contiguous([m, k]);
                MatMulCase<T> product = new(a, Layout.Contiguous([k, n]), Layout.Contiguous([m, n]));
                T[] one = product.Run(Backend(set), accumulate: true, relu: true);
                product.Check(one, accumulate: true, relu: true);
                foreach (int threads in new[] { 2, 3, 8 })
                {
                    product.Run(Backend(set, threads), accumulate: true, relu: true).AsSpan().SequenceEqual(one)
                        .Should().BeTrue($"{threads} threads give the same bits");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void MatMul_StridedBias_IsAddedByColumn(InstructionSet set)
    {
        CpuBackend backend = Backend(set);
        foreach ((int m, int n) in new[] { (5, 40), (1, 9), (9, 3) })
        {
            MatMulCase<T> product = new(m, 6, n);
            product.Run(backend, bias: true, biasStride: 3).Should().Equal(product.Run(backend, bias: true));
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void MatMul_Batches_EqualsTripleLoop(InstructionSet set)
    {
        CpuBackend backend = Backend(set, threads: 2);
        (Layout A, Layout B, Layout C)[] cases =
        [
            (Layout.Contiguous([2, 3, 5, 7]), Layout.Contiguous([2, 3, 7, 6]), Layout.Contiguous([2, 3, 5, 6])),
            (Layout.Contiguous([40, 31, 20]), Layout.Contiguous([40, 20, 33]), Layout.Contiguous([40, 31, 33])),
            // b broadcast: becomes one product.
            (Layout.Contiguous([4, 9, 7]), new([4, 7, 6], [0, 6, 1], 0), Layout.Contiguous([4, 9, 6])),
            (Layout.Contiguous([4, 1, 7]), new([4, 7, 6], [0, 6, 1], 0), Layout.Contiguous([4, 1, 6])),
            // a broadcast along one axis, b along the other.
            (new([2, 3, 5, 7], [35, 0, 7, 1], 0), new([2, 3, 7, 6], [0, 42, 6, 1], 0), Layout.Contiguous([2, 3, 5, 6])),
            // heads of attention: [batch, time, heads, features] seen as [batch, heads, time, features], times its own transpose.
            (new([2, 4, 9, 8], [288, 8, 32, 1], 0), new([2, 4, 8, 9], [288, 8, 1, 32], 0), Layout.Contiguous([2, 4, 9, 9])),
            (Layout.Contiguous([3, 1, 7]), Layout.Contiguous([3, 7, 50]), Layout.Contiguous([3, 1, 50])),
            (Layout.Contiguous([3, 50, 7]), Layout.Contiguous([3, 7, 1]), Layout.Contiguous([3, 50, 1])),
        ];
        foreach ((Layout a, Layout b, Layout c) in cases)
        {
            MatMulCase<T> product = new(a, b, c);
            product.Check(product.Run(backend, accumulate: true, relu: true), accumulate: true, relu: true);
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void MatMul_EmptySum_GivesBiasOrZero(InstructionSet set)
    {
        CpuBackend backend = Backend(set);
        foreach ((int m, int n) in new[] { (3, 5), (1, 40), (20, 1), (20, 40) })
        {
            MatMulCase<T> product = new(m, 0, n);
            product.Check(product.Run(backend));
            product.Check(product.Run(backend, bias: true), bias: true);
            product.Check(product.Run(backend, accumulate: true), accumulate: true);
        }
    }

    [Theory]
    [InlineData(0, 3, 4)]
    [InlineData(4, 3, 0)]
    [InlineData(0, 0, 0)]
    public void MatMul_EmptyResult_TouchesNothing(int m, int k, int n)
    {
        MatMulCase<T> product = new(m, k, n);
        product.Check(product.Run(Backend(CpuOptions.WidestInstructionSet)));
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void MatMul_FusedEpilogue_EqualsSeparateOnesInBits(InstructionSet set)
    {
        CpuBackend backend = Backend(set);
        foreach ((int m, int k, int n) in new[] { (1, 40, 50), (50, 40, 1), (8, 8, 8), (33, 300, 70), (64, 784, 128) })
        {
            foreach (bool accumulate in new[] { false, true })
            {
                MatMulCase<T> product = new(m, k, n);
                T[] plain = product.Run(backend, accumulate);
                product.Run(backend, accumulate, bias: true).Should().Equal(product.ApplySeparately(plain, bias: true, relu: false));
                product.Run(backend, accumulate, relu: true).Should().Equal(product.ApplySeparately(plain, bias: false, relu: true));
                product.Run(backend, accumulate, bias: true, relu: true).Should()
                    .Equal(product.ApplySeparately(plain, bias: true, relu: true));
            }
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void MatMul_Threads_DoNotChangeBits(InstructionSet set)
    {
        foreach ((int m, int k, int n) in new[] { (64, 784, 128), (300, 300, 300), (1, 700, 900), (900, 700, 1), (500, 20, 10) })
        {
            MatMulCase<T> product = new(m, k, n);
            T[] one = product.Run(Backend(set), bias: true);
            foreach (int threads in new[] { 2, 3, 8 })
            {
                T[] several = product.Run(Backend(set, threads), bias: true);
                several.AsSpan().SequenceEqual(one).Should().BeTrue($"{threads} threads give the same bits");
            }
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void MatMul_NaN_PassesReluAndStaysInItsRow(InstructionSet set)
    {
        CpuBackend backend = Backend(set);
        foreach ((int m, int k, int n) in new[] { (5, 40, 50), (5, 40, 1), (20, 8, 8) })
        {
            MatMulCase<T> product = new(m, k, n);
            product.SetA(2 * k + 3, T.NaN);
            T[] result = product.Run(backend, bias: true, relu: true);
            for (int i = 0; i < m * n; i++)
                T.IsNaN(result[i]).Should().Be(i / n == 2);
        }
    }

    [Fact]
    public void MatMul_WithoutAccumulate_IgnoresWhatCHeld()
    {
        // The columns of a NaN-filled c are read by no path, whole tiles and partial ones.
        CpuBackend backend = Backend(CpuOptions.WidestInstructionSet);
        foreach (int n in new[] { 1, 8, 33, 64 })
        {
            MatMulCase<T> product = new(20, 10, n);
            product.FillC(T.NaN);
            product.Run(backend, relu: true).Take(20 * n).Any(x => T.IsNaN(x)).Should().BeFalse();
        }
    }

    private static CpuBackend Backend(InstructionSet set, int threads = 1) => new(new() { InstructionSet = set, Threads = threads, Emulates = true });
}

public sealed class MatMulSingleTests : MatMulKernelTests<float>;

public sealed class MatMulDoubleTests : MatMulKernelTests<double>;
