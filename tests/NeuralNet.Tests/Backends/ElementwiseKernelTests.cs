using CsCheck;
using NeuralNet.Backends;
using NeuralNet.Backends.Cpu;
using static NeuralNet.Tests.Backends.KernelBench;

namespace NeuralNet.Tests.Backends;

public class ElementwiseKernelTests
{
    private const float ExpTolerance = 1e-6f;

    private static readonly long[] s_sizes = [0, 1, 2, 3, 13, 31, 33, 65, 1000, 100_003];

    private static readonly Shape[] s_shapes = [[], [1], [5, 7], [3, 4, 5], [2, 3, 4, 5], [1, 17, 1, 33], [2, 3, 2, 1, 2, 2, 3, 2]];

    public static TheoryData<InstructionSet> InstructionSets => KernelBench.InstructionSets;

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Unary_AnySize_AppliesOperator(InstructionSet set)
    {
        foreach (long size in s_sizes)
        {
            Layout layout = Layout.Contiguous([size]);
            float[] result = RunOnAnyThreads(set, layout.Shape, backend =>
            {
                View<float> y = Make(backend, layout, _ => 0f);
                backend.Unary(new ExpOperator(), Make(backend, layout, Noise), y);
                return Read(backend, y);
            });
            Compare(result, Values(layout, Noise).Select(x => Math.Exp(x)), ExpTolerance);
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Unary_PositionAndLength_DoNotChangeBits(InstructionSet set)
    {
        CpuBackend backend = Backend(set);
        float[] whole = Exp(1000);
        for (long size = 1; size < 100; size++)
            Exp(size).Should().Equal(whole.Take((int)size));

        float[] Exp(long size)
        {
            Layout layout = Layout.Contiguous([size]);
            View<float> y = Make(backend, layout, _ => 0f);
            backend.Unary(new ExpOperator(), Make(backend, layout, Noise), y);
            return Read(backend, y);
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Unary_AnyLayouts_AppliesOperator(InstructionSet set)
    {
        foreach (Shape shape in s_shapes)
        {
            foreach (Layout output in DenseLayouts(shape))
            {
                foreach (Layout input in Layouts(shape))
                {
                    float[] floats = RunOnAnyThreads(set, shape, backend => Affine(backend, input, output, Noise));
                    floats.Should().Equal(Values(input, Noise).Select(x => x + x + 1), $"{input} to {output}");
                    long[] integers = RunOnAnyThreads(set, shape, backend => Affine(backend, input, output, i => i));
                    integers.Should().Equal(Values(input, i => 2 * i + 1), $"{input} to {output}");
                }
            }
        }

        static T[] Affine<T>(CpuBackend backend, Layout input, Layout output, Func<long, T> value)
            where T : unmanaged, System.Numerics.INumber<T>
        {
            View<T> y = Make(backend, output, _ => default(T));
            backend.Unary(new AffineOperator<T>(), Make(backend, input, value), y);
            return Read(backend, y);
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Binary_AnyLayouts_AppliesOperator(InstructionSet set)
    {
        foreach (Shape shape in s_shapes.Take(6))
        {
            foreach (Layout output in DenseLayouts(shape))
            {
                foreach (Layout a in Layouts(shape))
                {
                    foreach (Layout b in Layouts(shape))
                        CheckSubtract(set, a, b, output);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Binary_LargeLayouts_GivesSameBitsOnAnyThreads(InstructionSet set)
    {
        foreach (Shape shape in new Shape[] { [100_003], [317, 331], [3, 20_011], [20_011, 3], [8, 16, 31, 33] })
        {
            Layout contiguous = Layout.Contiguous(shape);
            foreach (Layout a in Layouts(shape))
                CheckSubtract(set, a, contiguous, DenseLayouts(shape).Last());
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Binary_OutputIsInput_Overwrites(InstructionSet set)
    {
        foreach (long size in s_sizes)
        {
            Layout layout = Layout.Contiguous([size]);
            foreach (bool first in new[] { true, false })
            {
                float[] result = RunOnAnyThreads(set, layout.Shape, backend =>
                {
                    View<float> y = Make(backend, layout, Noise);
                    View<float> other = Make(backend, Layout.Contiguous([1]).Expand([size]), _ => 3f);
                    backend.Binary(new SubtractOperator<float>(), first ? y : other, first ? other : y, y);
                    backend.Unary(new AffineOperator<float>(), y, y);
                    return Read(backend, y);
                });
                result.Should().Equal(Values(layout, Noise).Select(x => first ? x - 3 : 3 - x).Select(x => x + x + 1));
            }
        }
    }

    [Fact]
    public void Binary_RandomShapesAndOrders_MatchesIndexer() =>
        (from sizes in Gen.Long[1, 6].Array[1, 5]
         from orderA in Gen.Shuffle(Enumerable.Range(0, sizes.Length).ToArray())
         from orderB in Gen.Shuffle(Enumerable.Range(0, sizes.Length).ToArray())
         from orderY in Gen.Shuffle(Enumerable.Range(0, sizes.Length).ToArray())
         from repeated in Gen.Int[0, (1 << sizes.Length) - 1]
         from set in Gen.Enum<InstructionSet>()
         select (sizes, orderA, orderB, orderY, repeated, set))
        .Sample(
            sample =>
            {
                Shape shape = new(sizes: sample.sizes.AsSpan());
                long[] smaller = [.. sample.sizes.Select((size, axis) => (sample.repeated & (1 << axis)) != 0 ? 1 : size)];
                CheckSubtract(
                    sample.set,
                    Layout.Dense(smaller, sample.orderA).Expand(shape),
                    Layout.Dense(shape, sample.orderB),
                    Layout.Dense(shape, sample.orderY));
            },
            iter: 500,
            threads: 1,
            seed: "0000KOIPe8M6");

    [Fact]
    public void Compare_AnyLayouts_GivesOnesAndZeros()
    {
        foreach (Shape shape in s_shapes)
        {
            Layout contiguous = Layout.Contiguous(shape);
            foreach (Layout a in Layouts(shape))
            {
                CpuBackend backend = Backend(InstructionSet.Scalar);
                View<byte> y = Make(backend, contiguous, _ => (byte)7);
                backend.Compare(new GreaterOperator<float>(), Make(backend, a, Noise), Make(backend, contiguous, i => Noise(i + 1)), y);
                Read(backend, y).Should().Equal(
                    Values(a, Noise).Zip(Values(contiguous, i => Noise(i + 1)), (x, z) => x > z ? (byte)1 : (byte)0));
            }
        }
    }

    [Fact]
    public void Select_EveryElementSize_TakesByCondition()
    {
        CheckSelect(i => (byte)i);
        CheckSelect(i => (short)(i * 31));
        CheckSelect(Noise);
        CheckSelect(i => Noise(i) * 1e100);
    }

    [Fact]
    public void Convert_AnyLayouts_AppliesOperator()
    {
        foreach (Shape shape in s_shapes)
        {
            foreach (Layout input in Layouts(shape))
            {
                CpuBackend backend = Backend(InstructionSet.Scalar);
                View<long> y = Make(backend, DenseLayouts(shape).Last(), _ => 0L);
                backend.Convert(new TruncateOperator(), Make(backend, input, Noise), y);
                Read(backend, y).Should().Equal(Values(input, i => (long)(Noise(i) * 100)));
            }
        }
    }

    [Fact]
    public void Sequence_AnyDenseLayout_CountsInLogicalOrder()
    {
        foreach (Shape shape in s_shapes.Append([0]).Append([2, 0]))
        {
            foreach (Layout layout in DenseLayouts(shape))
            {
                CpuBackend backend = Backend(InstructionSet.Scalar);
                View<double> y = Make(backend, layout, _ => 0.0);
                backend.Sequence(2.0, 0.5, y);
                Read(backend, y).Should().Equal(Enumerable.Range(0, (int)shape.Length).Select(i => 2 + 0.5 * i));
            }
        }
    }

    private static void CheckSubtract(InstructionSet set, Layout a, Layout b, Layout output)
    {
        float[] result = RunOnAnyThreads(set, output.Shape, backend =>
        {
            View<float> y = Make(backend, output, _ => 0f);
            backend.Binary(new SubtractOperator<float>(), Make(backend, a, Noise), Make(backend, b, i => Noise(i + 5)), y);
            return Read(backend, y);
        });
        result.AsSpan().SequenceEqual(Values(a, Noise).Zip(Values(b, i => Noise(i + 5)), (x, z) => x - z).ToArray())
            .Should().BeTrue($"{a} minus {b} to {output}");
    }

    private static void CheckSelect<T>(Func<long, T> value)
        where T : unmanaged
    {
        foreach (Shape shape in s_shapes.Append([300, 350]))
        {
            Layout contiguous = Layout.Contiguous(shape);
            foreach (Layout layout in Layouts(shape))
            {
                T[] result = RunOnAnyThreads(InstructionSet.Avx512, shape, backend =>
                {
                    View<T> y = Make(backend, contiguous, _ => default(T));
                    View<byte> condition = Make(backend, layout, i => (byte)(i % 3 == 0 ? 0 : i % 255 + 1));
                    backend.Select(condition, Make(backend, layout, value), Make(backend, contiguous, i => value(i + 9)), y);
                    return Read(backend, y);
                });
                T[] expected = [.. Values(layout, i => i % 3 != 0 ? value(i) : (T?)null)
                    .Zip(Values(contiguous, i => value(i + 9)), (x, z) => x ?? z)];
                result.AsSpan().SequenceEqual(expected).Should().BeTrue($"{layout}");
            }
        }
    }

    private static void Compare(float[] actual, IEnumerable<double> expected, float tolerance)
    {
        double[] reference = [.. expected];
        actual.Length.Should().Be(reference.Length);
        for (int i = 0; i < actual.Length; i++)
            ((double)actual[i]).Should().BeApproximately(reference[i], tolerance * Math.Abs(reference[i]));
    }
}
