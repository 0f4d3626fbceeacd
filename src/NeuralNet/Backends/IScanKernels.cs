namespace NeuralNet.Backends;

/// <summary>Running results along an axis, which the threads do not share: their order is that of the elements.</summary>
internal interface IScanKernels
{
    /// <summary>y[…, i, …] = op(y[…, i − 1, …], x[…, i, …]) along the axis; y has x's shape.</summary>
    void Scan<T, TAcc, TOp>(TOp op, View<T> x, int axis, View<TAcc> y)
        where T : unmanaged
        where TAcc : unmanaged
        where TOp : struct, IReductionOperator<T, TAcc>;

    /// <summary>
    /// y[…, i, …] = the position along the axis of the element that wins over all others up to the i-th: <c>op(candidate, best)</c> tells
    /// whether a later candidate wins; y has x's shape.
    /// </summary>
    void ArgScan<T, TOp>(TOp op, View<T> x, int axis, View<long> y)
        where T : unmanaged
        where TOp : struct, IComparisonOperator<T>;
}
