using CsCheck;
using NeuralNet.Backends;
using NeuralNet.Backends.Cpu;
using static NeuralNet.Tests.Backends.KernelBench;

namespace NeuralNet.Tests.Backends;

public class ReductionKernelTests
{
    private const double SumTolerance = 1e-5;

    private static readonly Shape[] s_shapes =
        [[], [1], [13], [33], [1000], [5, 7], [40, 1], [3, 4, 5], [2, 3, 4, 5], [2, 3, 4, 3, 2], [65, 130], [700, 3], [3, 700],
            [200, 10], [77, 31], [130, 32], [64, 8], [2, 97, 17], [1100, 6]];

    private static readonly Shape[] s_largeShapes = [[300_007], [331, 317], [3, 30_001], [30_001, 3], [5, 24, 31, 33], [40, 2000],
            [10_007, 10], [70, 3001]];

    public static TheoryData<InstructionSet> InstructionSets => KernelBench.InstructionSets;

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Reduce_AnyAxesAndLayouts_Sums(InstructionSet set)
    {
        foreach (Shape shape in s_shapes)
        {
            for (int axes = 0; axes < 1 << shape.Rank; axes++)
            {
                foreach (Layout input in Layouts(shape))
                    CheckSum(set, input, Reduced(shape, axes, reversed: axes % 2 == 1));
            }
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Reduce_ManyElements_GivesSameBitsOnAnyThreads(InstructionSet set)
    {
        foreach (Shape shape in s_largeShapes)
        {
            for (int axes = 1; axes < 1 << shape.Rank; axes++)
            {
                foreach (Layout input in DenseLayouts(shape))
                    CheckSum(set, input, Reduced(shape, axes, reversed: false));
            }
        }
    }

    /// <summary>Rows of few elements are combined as long ones where they lie behind each other.</summary>
    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Reduce_ManyRowsOfFewElements_GivesSameBitsOnAnyThreads(InstructionSet set)
    {
        for (int columns = 1; columns <= 17; columns++)
        {
            foreach (int rows in (int[])[64, 1025, 9_999])
                CheckSum(set, Layout.Contiguous([rows, columns]), Reduced([rows, columns], axes: 1, reversed: false));
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Reduce_Integers_SumsIn64Bits(InstructionSet set)
    {
        foreach (Shape shape in s_shapes.Append([331, 317]))
        {
            for (int axes = 0; axes < 1 << shape.Rank; axes++)
            {
                foreach (Layout input in Layouts(shape))
                {
                    Layout output = Reduced(shape, axes, reversed: false);
                    static int Value(long i) => int.MaxValue - (int)i;
                    long[] result = RunOnAnyThreads(set, input.Shape, backend =>
                    {
                        View<long> y = Make(backend, output, _ => -1L);
                        backend.Reduce<int, long, WideSumOperator>(default, Make(backend, input, Value), y);
                        return Read(backend, y);
                    });
                    result.Should().Equal(Expected(Values(input, i => (long)Value(i)), shape, output, 0L, (a, b) => a + b));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Reduce_Maximum_IsExactAndKeepsNaN(InstructionSet set)
    {
        foreach (Shape shape in s_shapes)
        {
            foreach (long period in new[] { 10_000, 37 })
            {
                float Value(long i) => i % period == 11 ? float.NaN : Noise(i) - 5;
                for (int axes = 0; axes < 1 << shape.Rank; axes++)
                {
                    foreach (Layout input in DenseLayouts(shape))
                    {
                        Layout output = Reduced(shape, axes, reversed: true);
                        float[] result = RunOnAnyThreads(set, input.Shape, backend =>
                        {
                            View<float> y = Make(backend, output, _ => 0f);
                            backend.Reduce<float, float, MaximumOperator>(default, Make(backend, input, Value), y);
                            return Read(backend, y);
                        });
                        result.Should().Equal(Expected(
                            Values(input, Value), shape, output, float.NegativeInfinity, (a, b) => float.IsNaN(a) || a >= b ? a : b));
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Reduce_NoElements_GivesIdentity(InstructionSet set)
    {
        CpuBackend backend = Backend(set);
        View<float> y = Make(backend, Layout.Contiguous([3, 1]), _ => 7f);
        backend.Reduce<float, float, SumOperator<float>>(default, Make(backend, Layout.Contiguous([3, 0]), Noise), y);
        Read(backend, y).Should().Equal(0, 0, 0);
        View<float> none = Make(backend, Layout.Contiguous([0, 1]), _ => 7f);
        backend.Reduce<float, float, SumOperator<float>>(default, Make(backend, Layout.Contiguous([0, 5]), Noise), none);
        Read(backend, none).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Reduce_TenMillionTenths_KeepsSixDigits(InstructionSet set)
    {
        // One after the other they would add up to 1 087 937. Down the columns and along the rows the error must stay small as well.
        foreach (Shape shape in new Shape[] { [10_000_000, 1], [10_000_000, 2] })
        {
            CpuBackend backend = Backend(set);
            View<float> x = new(backend.Allocate(shape.Length * sizeof(float)), Layout.Contiguous(shape));
            backend.Fill(0.1f, x);
            View<float> y = Make(backend, Layout.Contiguous([1, shape[1]]), _ => 0f);
            backend.Reduce<float, float, SumOperator<float>>(default, x, y);
            x.Storage.RemoveOwner();
            foreach (float sum in Read(backend, y))
                ((double)sum).Should().BeApproximately(10_000_000 * (double)0.1f, 1);
        }
    }

    [Fact]
    public void Reduce_RandomShapesAndOrders_MatchesIndexer() =>
        (from sizes in Gen.Long[1, 9].Array[1, 5]
         from order in Gen.Shuffle(Enumerable.Range(0, sizes.Length).ToArray())
         from repeated in Gen.Int[0, (1 << sizes.Length) - 1]
         from axes in Gen.Int[0, (1 << sizes.Length) - 1]
         from reversed in Gen.Bool
         from set in Gen.Enum<InstructionSet>()
         select (sizes, order, repeated, axes, reversed, set))
        .Sample(
            sample =>
            {
                Shape shape = new(sizes: sample.sizes.AsSpan());
                long[] smaller = [.. sample.sizes.Select((size, axis) => (sample.repeated & (1 << axis)) != 0 ? 1 : size)];
                CheckSum(sample.set, Layout.Dense(smaller, sample.order).Expand(shape), Reduced(shape, sample.axes, sample.reversed));
            },
            iter: 500,
            threads: 1,
            seed: "0000KOIPe8M6");

    [Fact]
    public void ArgReduce_AnyAxisAndLayout_FindsFirstWinner()
    {
        foreach (Shape shape in s_shapes.Where(shape => shape.Rank > 0).Append([300, 400]).Append([4, 30_000]))
        {
            for (int axis = 0; axis < shape.Rank; axis++)
            {
                foreach (Layout input in Layouts(shape))
                    CheckArgReduce(shape, axis, input);
            }
        }
    }

    private static void CheckArgReduce(Shape shape, int axis, Layout input)
    {
        // Few different values, so that the first of equals matters.
        static int Value(long i) => (int)(i * 7919 % 5);
        Layout output = Reduced(shape, 1 << axis, reversed: true);
        long[] result = RunOnAnyThreads(InstructionSet.Avx512, shape, backend =>
        {
            View<long> y = Make(backend, output, _ => -1L);
            backend.ArgReduce(new GreaterOperator<int>(), Make(backend, input, Value), axis, y);
            return Read(backend, y);
        });
        int[] values = Values(input, Value);
        long stride = Layout.Contiguous(shape).Strides[axis];
        long[] expected = new long[result.Length];
        for (long outer = 0, k = 0; outer < values.Length; outer += stride * shape[axis])
        {
            for (long inner = 0; inner < stride; inner++, k++)
            {
                for (long i = 1; i < shape[axis]; i++)
                {
                    if (values[outer + inner + i * stride] > values[outer + inner + expected[k] * stride])
                        expected[k] = i;
                }
            }
        }
        result.Should().Equal(expected, $"axis {axis} of {input}");
    }

    private static void CheckSum(InstructionSet set, Layout input, Layout output)
    {
        // Positive values: the tolerance is relative to the sum of magnitudes.
        static float Value(long i) => Noise(i) + 2.5f;
        float[] result = RunOnAnyThreads(set, input.Shape, backend =>
        {
            View<float> y = Make(backend, output, _ => -1f);
            backend.Reduce<float, float, SumOperator<float>>(default, Make(backend, input, Value), y);
            return Read(backend, y);
        });
        double[] expected = Expected(Values(input, i => (double)Value(i)), input.Shape, output, 0.0, (a, b) => a + b);
        result.Length.Should().Be(expected.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (Math.Abs(result[i] - expected[i]) > SumTolerance * expected[i])
                ((double)result[i]).Should().BeApproximately(expected[i], SumTolerance * expected[i], $"{input} to {output} at {i}");
        }
    }

    /// <summary>The layout of a shape with the axes of a set reduced to size 1.</summary>
    private static Layout Reduced(Shape shape, int axes, bool reversed)
    {
        Shape smaller = new(sizes: [.. shape.Select((size, axis) => (axes & (1 << axis)) != 0 ? 1 : size)]);
        return reversed ? Layout.Dense(smaller, [.. Enumerable.Range(0, shape.Rank).Reverse()]) : Layout.Contiguous(smaller);
    }

    /// <summary>Combines every element, in logical order, with the output that it belongs to.</summary>
    private static T[] Expected<T>(T[] values, Shape shape, Layout output, T identity, Func<T, T, T> combine)
    {
        T[] result = [.. Enumerable.Repeat(identity, (int)output.Length)];
        long[] target = [.. Offsets(Layout.Contiguous(output.Shape).Expand(shape))];
        for (int i = 0; i < values.Length; i++)
            result[target[i]] = combine(result[target[i]], values[i]);
        return result;
    }
}
