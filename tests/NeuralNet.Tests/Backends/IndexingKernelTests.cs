using NeuralNet.Backends;
using NeuralNet.Backends.Cpu;
using static NeuralNet.Tests.Backends.KernelBench;

namespace NeuralNet.Tests.Backends;

public class IndexingKernelTests
{
    /// <summary>The size of the axis that is indexed into.</summary>
    private const int Table = 6;

    private static readonly Shape[] s_shapes = [[0], [1], [13], [5, 7], [4, 0], [3, 4, 5], [2, 3, 4, 5], [350, 100], [100, 350], [100_003]];

    public static TheoryData<InstructionSet> InstructionSets => KernelBench.InstructionSets;

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Gather_AnyAxisAndLayouts_ReadsAtIndex(InstructionSet set)
    {
        foreach (Shape shape in s_shapes)
        {
            for (int axis = 0; axis < shape.Rank; axis++)
            {
                foreach (Layout index in Layouts(shape))
                {
                    foreach (Layout x in Layouts(WithTable(shape, axis)).Take(4))
                    {
                        float[] result = RunOnAnyThreads(set, shape, backend =>
                        {
                            View<float> y = Make(backend, DenseLayouts(shape).Last(), _ => 0f);
                            backend.Gather(Make(backend, x, Noise), Make(backend, index, Index), axis, y);
                            return Read(backend, y);
                        });
                        float[] values = Values(x, Noise);
                        result.AsSpan().SequenceEqual([.. Targets(shape, axis, index).Select(target => values[target])])
                            .Should().BeTrue($"axis {axis} of {x} at {index}");
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void ScatterAdd_AnyAxisAndLayouts_AddsInLogicalOrder(InstructionSet set)
    {
        foreach (Shape shape in s_shapes)
        {
            for (int axis = 0; axis < shape.Rank; axis++)
            {
                foreach (Layout index in Layouts(shape))
                {
                    foreach (Layout updates in Layouts(shape).Take(4))
                        CheckScatterAdd(set, shape, axis, index, updates);
                }
            }
        }
    }

    [Fact]
    public void ScatterAdd_Bytes_HaveNoVectorForm()
    {
        CpuBackend backend = Backend(CpuOptions.WidestInstructionSet);
        View<byte> y = Make(backend, Layout.Contiguous([2, 3]), _ => (byte)1);
        View<long> index = Make(backend, Layout.Contiguous([2, 1]).Expand([2, 3]), i => 1 - i);
        backend.ScatterAdd(y, index, 0, Make(backend, Layout.Contiguous([2, 3]), i => (byte)i));
        Read(backend, y).Should().Equal(4, 5, 6, 1, 2, 3);
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void ScatterReduce_AnyAxisAndLayouts_AppliesUpdatesInLogicalOrder(InstructionSet set)
    {
        foreach (Shape shape in s_shapes)
        {
            for (int axis = 0; axis < shape.Rank; axis++)
            {
                foreach (Layout index in Layouts(shape))
                {
                    foreach (Layout updates in Layouts(shape).Take(4))
                        CheckScatterReduce(set, shape, axis, index, updates);
                }
            }
        }
    }

    [Fact]
    public void ListNonzero_AnyLayout_ListsPlacesInLogicalOrder()
    {
        CpuBackend backend = Backend(InstructionSet.Scalar);
        foreach (Shape shape in s_shapes.Append([]))
        {
            foreach (Layout layout in Layouts(shape))
            {
                byte[] elements = Values(layout, IsSet);
                long[] expected = [.. Enumerable.Range(0, elements.Length).Where(i => elements[i] != 0).SelectMany(i => Place(i, shape))];
                long count = elements.Count(element => element != 0);
                View<long> positions = Make(backend, Layout.Contiguous([count, shape.Rank]), _ => -1L);
                backend.ListNonzero(Make(backend, layout, IsSet), positions);
                Read(backend, positions).AsSpan().SequenceEqual(expected).Should().BeTrue($"{layout}");
            }
        }

        static byte IsSet(long i) => (byte)(i * 7919 % 31 % 3);
    }

    [Fact]
    public void ListNonzero_FewerRowsThanThereAre_ListsTheFirst()
    {
        CpuBackend backend = Backend(InstructionSet.Scalar);
        View<long> positions = Make(backend, Layout.Contiguous([2, 2]), _ => -1L);
        backend.ListNonzero(Make(backend, Layout.Contiguous([3, 2]), _ => (byte)1), positions);
        Read(backend, positions).Should().Equal(0, 0, 0, 1);
    }

    [Fact]
    public void FindOutOfRange_AllInRange_GivesMinusOne()
    {
        foreach (Shape shape in s_shapes)
        {
            foreach (Layout index in Layouts(shape))
                Backend(InstructionSet.Scalar).FindOutOfRange(Make(Backend(InstructionSet.Scalar), index, Index), Table).Should().Be(-1);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Table)]
    [InlineData(long.MinValue)]
    public void FindOutOfRange_SomeOutside_GivesFirstInLogicalOrder(long outside)
    {
        CpuBackend backend = Backend(InstructionSet.Scalar);
        foreach (Shape shape in s_shapes.Where(shape => shape.Length is > 0 and < 1000))
        {
            foreach (Layout index in Layouts(shape))
            {
                long[] offsets = [.. Offsets(index)];
                foreach (long bad in new[] { offsets[0], offsets[^1], offsets[offsets.Length / 2] })
                {
                    View<long> view = Make(backend, index, i => i == bad || i == offsets[^1] ? outside : 0);
                    int first = Array.FindIndex(offsets, i => i == bad || i == offsets[^1]);
                    backend.FindOutOfRange(view, Table).Should().Be(first, $"{index}");
                }
            }
        }
    }

    private static void CheckScatterAdd(InstructionSet set, Shape shape, int axis, Layout index, Layout updates)
    {
        Layout target = DenseLayouts(WithTable(shape, axis)).Last();
        float[] result = RunOnAnyThreads(set, shape, backend =>
        {
            View<float> y = Make(backend, target, i => (float)i);
            backend.ScatterAdd(y, Make(backend, index, Index), axis, Make(backend, updates, Noise));
            return Read(backend, y);
        });
        float[] expected = Values(target, i => (float)i);
        float[] values = Values(updates, Noise);
        long[] targets = Targets(shape, axis, index);
        for (int i = 0; i < targets.Length; i++)
            expected[targets[i]] += values[i];
        result.AsSpan().SequenceEqual(expected).Should().BeTrue($"axis {axis} of {updates} at {index}");
    }

    /// <summary>The combination is neither commutative nor associative, so that another order shows.</summary>
    private static void CheckScatterReduce(InstructionSet set, Shape shape, int axis, Layout index, Layout updates)
    {
        Layout target = DenseLayouts(WithTable(shape, axis)).Last();
        float[] result = RunOnAnyThreads(set, shape, backend =>
        {
            View<float> y = Make(backend, target, i => (float)i);
            backend.ScatterReduce(new HalfPlus(), y, Make(backend, index, Index), axis, Make(backend, updates, Noise));
            return Read(backend, y);
        });
        float[] expected = Values(target, i => (float)i);
        float[] values = Values(updates, Noise);
        long[] targets = Targets(shape, axis, index);
        for (int i = 0; i < targets.Length; i++)
            expected[targets[i]] = new HalfPlus().Invoke(expected[targets[i]], values[i]);
        result.AsSpan().SequenceEqual(expected).Should().BeTrue($"axis {axis} of {updates} at {index}");
    }

    private static long[] Place(long number, Shape shape)
    {
        long[] place = new long[shape.Rank];
        for (int axis = place.Length - 1; axis >= 0; axis--)
            (number, place[axis]) = Math.DivRem(number, shape[axis]);
        return place;
    }

    private static Shape WithTable(Shape shape, int axis)
    {
        long[] sizes = shape.ToArray();
        sizes[axis] = Table;
        return sizes;
    }

    private static long Index(long i) => i * 7919 % 31 % Table;

    /// <summary>For each element in logical order, the position in logical order of the table's element that it is matched with.</summary>
    private static long[] Targets(Shape shape, int axis, Layout index)
    {
        Layout table = Layout.Contiguous(WithTable(shape, axis));
        long[] indices = Values(index, Index);
        long stride = Layout.Contiguous(shape).Strides[axis];
        return [.. indices.Select((row, i) => i / (stride * shape[axis]) * stride * Table + row * table.Strides[axis] + i % stride)];
    }

    private readonly struct HalfPlus : IBinaryOperator<float>
    {
        public float Invoke(float a, float b) => a / 2 + b;
    }
}
