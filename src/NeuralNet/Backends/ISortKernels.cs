using System.Numerics;

namespace NeuralNet.Backends;

/// <summary>Orders along an axis. NaN is larger than all numbers, and −0 equals 0.</summary>
internal interface ISortKernels
{
    /// <summary>y = the positions along the axis in ascending (or descending) order of x's elements; equals keep their order.</summary>
    void ArgSort<T>(View<T> x, int axis, bool descending, View<long> y)
        where T : unmanaged, INumber<T>;

    /// <summary>
    /// y = the positions along the axis of the largest (or smallest) elements, the best first, as many as y has on the axis; of equals the
    /// first.
    /// </summary>
    void TopK<T>(View<T> x, int axis, bool largest, View<long> y)
        where T : unmanaged, INumber<T>;

    /// <summary>
    /// y = for each value the number of elements of its sorted row below it, or with <paramref name="right"/> not above it. The rows lie
    /// along the last axis; the other axes of all three are the same.
    /// </summary>
    void SearchSorted<T>(View<T> sorted, View<T> values, bool right, View<long> y)
        where T : unmanaged, INumber<T>;
}
