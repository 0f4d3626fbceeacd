using NeuralNet.Backends.Gpu.Kernels;

namespace NeuralNet.Backends.Gpu;

// What runs, and in how many parts, is decided by sizes alone, so that the order of combination is always the same.
internal sealed partial class GpuBackend
{
    /// <summary>A thread combines up to so many elements; more are shared by a group.</summary>
    private const long LongestOfThread = 64;

    /// <summary>A group combines so many elements; more are divided among several.</summary>
    private const long ElementsPerPart = 1 << 14;

    /// <summary>Where so many results are neighbours in memory, threads of their own for each read faster than groups.</summary>
    private const long FewestNeighbours = 32;

    /// <summary>A part of a thread has at most so many elements.</summary>
    private const long LongestPartOfThread = 512;

    public void Reduce<T, TAcc, TOp>(TOp op, View<T> x, View<TAcc> y)
        where T : unmanaged
        where TAcc : unmanaged
        where TOp : struct, IReductionOperator<T, TAcc>
    {
        if (y.IsEmpty)
            return;
        ulong reduced = 0;
        for (int axis = 0; axis < y.Layout.Rank; axis++)
        {
            if (y.Layout.Sizes[axis] == 1 && x.Layout.Sizes[axis] != 1)
                reduced |= 1UL << axis;
        }
        var kept = DevicePlan.InMemoryOrder(y.Layout, x.Layout, axes: ~reduced);
        var inner = DevicePlan.InMemoryOrder(x.Layout, axes: reduced);
        // Where an element lies is said by its place among the results, and what the other axes add to that.
        inner.Y.Offset = 0;
        long length = inner.Shape.Length;
        if (length <= LongestOfThread)
        {
            Launch(
                Kernels.ReductionKernels.ReduceByThread<T, TAcc, TOp>, ForItems(kept.Shape.Length),
                op, kept.Shape, inner.Shape, Elements(x), kept.A, inner.Y, Elements(y), kept.Y);
            return;
        }
        bool areNeighbours = kept.A.Stride0 == 1 && inner.Y.Stride0 != 1 && kept.InnerSize >= FewestNeighbours;
        long longest = areNeighbours ? Math.Clamp(length / LongestOfThread, LongestOfThread, LongestPartOfThread) : ElementsPerPart;
        long parts = (length + longest - 1) / longest;
        long partLength = (length + parts - 1) / parts;
        using Scratch<TAcc> partials = new(this, kept.Shape.Length * parts);
        if (areNeighbours)
        {
            Launch(
                Kernels.ReductionKernels.ReducePartsByThread<T, TAcc, TOp>, ForItems(kept.Shape.Length * parts),
                op, kept.Shape, inner.Shape, parts, partLength, Elements(x), kept.A, inner.Y, Elements(partials));
        }
        else
        {
            Launch(
                Kernels.ReductionKernels.ReduceByGroup<T, TAcc, TOp>, ForGroups(kept.Shape.Length * parts),
                op, kept.Shape, inner.Shape, parts, partLength, Elements(x), kept.A, inner.Y, Elements(partials));
        }
        Launch(
            Kernels.ReductionKernels.CombinePartials<T, TAcc, TOp>, ForItems(kept.Shape.Length),
            op, kept.Shape, parts, Elements(partials), Elements(y), kept.Y);
    }

    public void ArgReduce<T, TOp>(TOp op, View<T> x, int axis, View<long> y)
        where T : unmanaged
        where TOp : struct, IComparisonOperator<T>
    {
        if (y.IsEmpty)
            return;
        var kept = DevicePlan.InMemoryOrder(y.Layout, x.Layout, axes: ~(1UL << axis));
        Launch(
            Kernels.ReductionKernels.ArgReduce, ForGroups(kept.Shape.Length),
            op, kept.Shape, x.Layout.Sizes[axis], Elements(x), kept.A, x.Layout.Strides[axis], Elements(y), kept.Y);
    }
}
