namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Moves an axis to another place, without copying; the others keep their order.</summary>
    /// <param name="source">The axis; negative ones count from the end.</param>
    /// <param name="destination">Where it stands in the result.</param>
    /// <returns>A view.</returns>
    /// <exception cref="ShapeException">An axis is out of range.</exception>
    public Tensor MoveAxis(int source, int destination) => MoveAxis([source], [destination]);

    /// <summary>Moves axes to other places, without copying; the others keep their order.</summary>
    /// <param name="sources">The axes; negative ones count from the end.</param>
    /// <param name="destinations">Where each stands in the result.</param>
    /// <returns>A view.</returns>
    /// <exception cref="ShapeException">An axis is out of range or named twice, or there are not as many places as axes.</exception>
    public Tensor MoveAxis(ReadOnlySpan<int> sources, ReadOnlySpan<int> destinations)
    {
        if (sources.Length != destinations.Length)
            throw new ShapeException($"MoveAxis: {sources.Length} axes and {destinations.Length} places. Give one place for each axis.");
        if (sources.IsEmpty)
            return Unchanged();
        int[] from = Axes.NormalizeAll(sources, Rank, nameof(MoveAxis));
        int[] to = Axes.NormalizeAll(destinations, Rank, nameof(MoveAxis));
        int[] order = new int[Rank];
        Array.Fill(order, -1);
        for (int i = 0; i < from.Length; i++)
            order[to[i]] = from[i];
        Queue<int> rest = new(Enumerable.Range(0, Rank).Except(from));
        for (int axis = 0; axis < order.Length; axis++)
            order[axis] = order[axis] < 0 ? rest.Dequeue() : order[axis];
        return Permute(order);
    }
}
