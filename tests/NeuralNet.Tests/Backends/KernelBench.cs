using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NeuralNet.Backends;
using NeuralNet.Backends.Cpu;
using NeuralNet.Memory;

namespace NeuralNet.Tests.Backends;

/// <summary>Backends of every kind, views over chosen layouts, and element access that shares no code with the kernels.</summary>
internal static class KernelBench
{
    private const int SmallWork = 8192;

    private static readonly int[] s_threads = [1, 2, 3, 8];

    private static readonly ConditionalWeakTable<Layout, long[]> s_offsets = [];

    private static readonly Dictionary<InstructionSet, CpuBackend[]> s_backends = Enum.GetValues<InstructionSet>().ToDictionary(
        set => set,
        set => s_threads.Select(threads => new CpuBackend(new CpuOptions { Threads = threads, InstructionSet = set, Emulates = true })).ToArray());

    public static TheoryData<InstructionSet> InstructionSets => [.. Enum.GetValues<InstructionSet>()];

    public static CpuBackend Backend(InstructionSet set) => s_backends[set][0];

    /// <summary>Runs on one thread, and checks that other numbers of threads give the same bits.</summary>
    /// <remarks>Small work is not shared among threads: then one other number is enough.</remarks>
    public static T[] RunOnAnyThreads<T>(InstructionSet set, Shape work, Func<CpuBackend, T[]> run)
        where T : unmanaged
    {
        T[] result = run(s_backends[set][0]);
        foreach (CpuBackend backend in work.Length < SmallWork ? s_backends[set].Skip(2).Take(1) : s_backends[set].Skip(1))
        {
            MemoryMarshal.AsBytes(run(backend).AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(result.AsSpan()))
                .Should().BeTrue("the number of threads must not show");
        }
        return result;
    }

    /// <summary>A view whose storage holds value(i) at position i.</summary>
    public static View<T> Make<T>(CpuBackend backend, Layout layout, Func<long, T> value)
        where T : unmanaged
    {
        long[] offsets = Offsets(layout);
        long count = offsets.Length == 0 ? layout.Offset : offsets.Max() + 1;
        T[] elements = new T[count];
        for (long i = 0; i < count; i++)
            elements[i] = value(i);
        Storage storage = backend.Allocate(count * Unsafe.SizeOf<T>());
        backend.Upload(MemoryMarshal.AsBytes(elements.AsSpan()), storage, 0);
        return new(storage, layout);
    }

    /// <summary>The elements of a view in logical order.</summary>
    public static T[] Read<T>(CpuBackend backend, View<T> view)
        where T : unmanaged
    {
        T[] elements = new T[view.Storage.ByteLength / Unsafe.SizeOf<T>()];
        backend.Download(view.Storage, 0, MemoryMarshal.AsBytes(elements.AsSpan()));
        return Array.ConvertAll(Offsets(view.Layout), offset => elements[offset]);
    }

    /// <summary>The values that <see cref="Make"/> gives a view of this layout, in logical order.</summary>
    public static T[] Values<T>(Layout layout, Func<long, T> value) => Array.ConvertAll(Offsets(layout), offset => value(offset));

    /// <summary>Where each element lies, in logical order.</summary>
    public static long[] Offsets(Layout layout) => s_offsets.GetValue(layout, FindOffsets);

    /// <summary>Layouts of a shape that have no gaps: in logical order, backwards, and with the second axis innermost.</summary>
    public static IEnumerable<Layout> DenseLayouts(Shape shape)
    {
        int[] order = [.. Enumerable.Range(0, shape.Rank)];
        yield return Layout.Contiguous(shape);
        if (shape.Rank < 2)
            yield break;
        yield return Layout.Dense(shape, [.. order.Reverse()]);
        yield return Layout.Dense(shape, [.. order.Where(axis => axis != 1), 1]);
    }

    /// <summary>Layouts of a shape: the dense ones, slices with an offset and a step, and every way to repeat some axes.</summary>
    public static IEnumerable<Layout> Layouts(Shape shape)
    {
        foreach (Layout layout in DenseLayouts(shape))
            yield return layout;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            long[] larger = shape.ToArray();
            larger[axis] = 2 * larger[axis] + 3;
            yield return Layout.Contiguous(larger).Slice(axis, 2, shape[axis], 2);
        }
        for (int repeated = 1; repeated < 1 << shape.Rank; repeated++)
        {
            long[] smaller = [.. shape.Select((size, axis) => (repeated & (1 << axis)) != 0 ? 1 : size)];
            yield return Layout.Contiguous(smaller).Expand(shape);
        }
    }

    /// <summary>A value between −2 and 2 that has no pattern of the sizes in use.</summary>
    public static float Noise(long i) => (i * 7919 + 13) % 4001 / 1000f - 2;

    private static long[] FindOffsets(Layout layout)
    {
        long[] sizes = layout.Shape.ToArray();
        long[] strides = layout.Strides.ToArray();
        long[] offsets = new long[layout.Length];
        for (long number = 0; number < offsets.Length; number++)
        {
            long rest = number;
            offsets[number] = layout.Offset;
            for (int axis = sizes.Length - 1; axis >= 0; axis--)
            {
                (rest, long position) = Math.DivRem(rest, sizes[axis]);
                offsets[number] += position * strides[axis];
            }
        }
        return offsets;
    }
}
