using System.Numerics;
using NeuralNet.Backends.Gpu.Kernels;

namespace NeuralNet.Backends.Gpu;

internal sealed partial class GpuBackend
{
    public void ArgSort<T>(View<T> x, int axis, bool descending, View<long> y)
        where T : unmanaged, INumber<T> => SortRows(x, axis, descending, y);

    public void TopK<T>(View<T> x, int axis, bool largest, View<long> y)
        where T : unmanaged, INumber<T> => SortRows(x, axis, largest, y);

    public void SearchSorted<T>(View<T> sorted, View<T> values, bool right, View<long> y)
        where T : unmanaged, INumber<T>
    {
        if (y.IsEmpty)
            return;
        int axis = y.Layout.Rank - 1;
        // A value meets the whole row.
        long[] strides = sorted.Layout.Strides.ToArray();
        strides[axis] = 0;
        Layout rows = new(y.Layout.Shape, strides, sorted.Layout.Offset);
        var plan = DevicePlan.InMemoryOrder(y.Layout, values.Layout, rows);
        Launch(
            Kernels.SortKernels.SearchSorted, ForItems(plan.Shape.Length),
            plan.Shape, Elements(sorted), plan.B, sorted.Layout.Sizes[axis], sorted.Layout.Strides[axis], right ? 1 : 0,
            Elements(values), plan.A, Elements(y), plan.Y);
    }

    /// <summary>y = the first positions of each sorted row, as many as it has room for.</summary>
    private void SortRows<T>(View<T> x, int axis, bool descending, View<long> y)
        where T : unmanaged, INumber<T>
    {
        if (y.IsEmpty)
            return;
        // The axis goes to the end, and the rows side by side.
        int rank = x.Layout.Rank;
        int[] order = [.. Enumerable.Range(0, rank).Where(other => other != axis), axis];
        Layout turned = x.Layout.Permute(order);
        using Scratch<T> numbers = new(this, Layout.Contiguous(turned.Shape));
        Copy(x.With(turned), numbers.View);

        long length = x.Layout.Sizes[axis];
        long rows = x.Layout.Length / length;
        long padded = (long)BitOperations.RoundUpToPowerOf2((ulong)length);
        using Scratch<long> positions = new(this, rows * padded);
        Launch(Kernels.SortKernels.Number, ForItems(rows * padded), rows, padded, Elements(positions));
        for (long block = 2; block <= padded; block *= 2)
        {
            for (long distance = block / 2; distance > 0; distance /= 2)
            {
                Launch(
                    Kernels.SortKernels.Exchange, ForItems(rows * padded / 2),
                    rows, length, padded, block, distance, descending ? 1 : 0, Elements(numbers), Elements(positions));
            }
        }

        long[] sizes = turned.Sizes.ToArray();
        long[] strides = new long[rank];
        long stride = padded;
        for (int i = rank - 2; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= sizes[i];
        }
        sizes[^1] = y.Layout.Sizes[axis];
        strides[^1] = 1;
        Copy(new View<long>(positions.Storage, new Layout(new Shape(sizes), strides, 0)), y.With(y.Layout.Permute(order)));
    }
}
