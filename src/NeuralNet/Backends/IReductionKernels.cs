namespace NeuralNet.Backends;

/// <summary>Reductions over axes, in a fixed order that does not depend on the number of workers.</summary>
internal interface IReductionKernels
{
    /// <summary>
    /// Combines elements over the reduced axes: those where y has size 1 and x has not. y has x's rank. Sums are blocked pairwise.
    /// Over no elements the result is the operator's identity.
    /// </summary>
    void Reduce<T, TAcc, TOp>(TOp op, View<T> x, View<TAcc> y)
        where T : unmanaged
        where TAcc : unmanaged
        where TOp : struct, IReductionOperator<T, TAcc>;

    /// <summary>
    /// The position along <paramref name="axis"/> of the element that wins over all others: <c>op(candidate, best)</c> tells whether a
    /// later candidate wins, so that the first of equals does. y has x's rank and size 1 on the axis, which is not empty in x.
    /// </summary>
    void ArgReduce<T, TOp>(TOp op, View<T> x, int axis, View<long> y)
        where T : unmanaged
        where TOp : struct, IComparisonOperator<T>;
}
