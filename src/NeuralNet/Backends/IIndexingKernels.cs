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

    /// <summary>
    /// y[…, index[…, i, …], …] = op(that element, updates[…, i, …]) along <paramref name="axis"/>, with shapes as for
    /// <see cref="ScatterAdd"/>. Updates of one element are applied in logical order.
    /// </summary>
    void ScatterReduce<T, TOp>(TOp op, View<T> y, View<long> index, int axis, View<T> updates)
        where T : unmanaged
        where TOp : struct, IBinaryOperator<T>;

    /// <summary>
    /// The positions of the bytes that are not 0, in logical order, a row of <paramref name="positions"/> for each with its place on every
    /// axis. Positions are contiguous, and as many are listed as they have rows.
    /// </summary>
    void ListNonzero(View<byte> mask, View<long> positions);

    /// <summary>
    /// The position in logical order of the first index outside [0, limit) that is not the ignored one, or −1 if there is none.
    /// </summary>
    long FindOutOfRange(View<long> index, long limit, long? ignored = null);
}
