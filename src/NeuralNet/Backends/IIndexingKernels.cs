using System.Numerics;

namespace NeuralNet.Backends;

/// <summary>Reads and writes at computed positions. Indices were checked to be in range.</summary>
internal interface IIndexingKernels
{
    /// <summary>
    /// y[…, i, …] = x[…, index[…, i, …], …] along <paramref name="axis"/>; index has y's shape, and x has it too except on the axis.
    /// </summary>
    void Gather<T>(View<T> x, View<long> index, int axis, View<T> y)
        where T : unmanaged;

    /// <summary>
    /// y[…, index[…, i, …], …] += updates[…, i, …] along <paramref name="axis"/>; index has the updates' shape, and y has it too except on
    /// the axis. Updates of one element are added in logical order.
    /// </summary>
    void ScatterAdd<T>(View<T> y, View<long> index, int axis, View<T> updates)
        where T : unmanaged, INumber<T>;

    /// <summary>The position in logical order of the first index outside [0, limit), or −1 if there is none.</summary>
    long FindOutOfRange(View<long> index, long limit);
}
