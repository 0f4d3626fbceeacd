using System.Numerics;
using NeuralNet.Backends.Cpu.Loops;

namespace NeuralNet.Backends.Cpu;

// A row is sorted by one thread, so that nothing depends on their number.
internal sealed unsafe partial class CpuBackend
{
    /// <summary>What sorting costs for each element, in steps of the cheapest operations.</summary>
    private const int SortWork = 32;

    /// <summary>A selection of more than this part of the elements, its reciprocal, is a sort.</summary>
    private const int HeapShare = 8;

    public void ArgSort<T>(View<T> x, int axis, bool descending, View<long> y)
        where T : unmanaged, INumber<T>
    {
        if (y.IsEmpty)
            return;
        fixed (T* px = &x.Reference())
        fixed (long* py = &y.Reference())
        {
            LoopPlan plan = AlongAxis(px, x.Layout, py, y.Layout, axis);
            SortAxis sizes = SortAxis.Of<T>(x.Layout, y.Layout, axis);
            if (sizeof(T) == sizeof(ulong))
                RowLoop.Run(_workers, plan, new ArgSortRow<T, ulong>(_pool, sizes, descending), sizes.Length * SortWork);
            else
                RowLoop.Run(_workers, plan, new ArgSortRow<T, uint>(_pool, sizes, descending), sizes.Length * SortWork);
        }
    }

    public void TopK<T>(View<T> x, int axis, bool largest, View<long> y)
        where T : unmanaged, INumber<T>
    {
        if (y.IsEmpty)
            return;
        SortAxis sizes = SortAxis.Of<T>(x.Layout, y.Layout, axis);
        // A heap of many elements is slower than sorting all.
        if (HeapShare * (long)sizes.Count > sizes.Length)
        {
            using Scratch<long> all = new(this, Layout.Contiguous(x.Layout.Shape));
            ArgSort(x, axis, largest, all.View);
            Copy(all.View.With(all.View.Layout.Slice(axis, 0, sizes.Count, 1)), y);
            return;
        }
        fixed (T* px = &x.Reference())
        fixed (long* py = &y.Reference())
        {
            LoopPlan plan = AlongAxis(px, x.Layout, py, y.Layout, axis);
            if (sizeof(T) == sizeof(ulong))
                RowLoop.Run(_workers, plan, new TopKRow<T, ulong>(_pool, sizes, largest), sizes.Length);
            else
                RowLoop.Run(_workers, plan, new TopKRow<T, uint>(_pool, sizes, largest), sizes.Length);
        }
    }

    public void SearchSorted<T>(View<T> sorted, View<T> values, bool right, View<long> y)
        where T : unmanaged, INumber<T>
    {
        if (y.IsEmpty)
            return;
        int axis = y.Layout.Rank - 1;
        fixed (T* pSorted = &sorted.Reference(), pValues = &values.Reference())
        fixed (long* py = &y.Reference())
        {
            LoopPlan plan = new(py, sizeof(long), y.Layout);
            plan.Add(pValues, sizeof(T), values.Layout);
            plan.Add(pSorted, sizeof(T), sorted.Layout, fixedAxis: axis);
            plan.Merge();
            nint stride = (nint)sorted.Layout.Strides[axis] * sizeof(T);
            RowLoop.Run(_workers, plan, new SearchRow<T>(stride, sorted.Layout.Sizes[axis], right), SortWork);
        }
    }
}
