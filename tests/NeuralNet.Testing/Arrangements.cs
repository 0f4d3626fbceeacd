namespace NeuralNet.Testing;

/// <summary>Makes tensors whose elements lie in memory in a given way.</summary>
public static class Arrangements
{
    /// <summary>An element that no operation may read: an index out of range, or NaN.</summary>
    private const int Junk = 101;

    public static Tensor Create(RefArray values, DType dtype, Device device, Arrangement arrangement)
    {
        int rank = values.Rank;
        int[] order = [.. Enumerable.Range(0, rank)];
        return arrangement switch
        {
            Arrangement.Transposed => InOrder(values, dtype, device, [.. order.Reverse()]),
            Arrangement.ChannelsLast when rank > 2 => InOrder(values, dtype, device, [0, .. order[2..], 1]),
            Arrangement.Sliced when rank > 0 => Sliced(values, dtype, device),
            Arrangement.Expanded when rank > 0 => Expanded(values, dtype, device),
            _ => HostValues.ToTensor(values, dtype, device),
        };
    }

    /// <summary>The numbers with those of the first position of the first axis repeated along it.</summary>
    public static RefArray RepeatFirst(RefArray values)
    {
        if (values.Rank == 0 || values.Values.Length == 0)
            return values;
        int length = values.Values.Length / values.Sizes[0];
        return new(values.Sizes, [.. values.Values.Select((_, i) => values.Values[i % length])]);
    }

    private static Tensor InOrder(RefArray values, DType dtype, Device device, int[] order)
    {
        if (order.Length == 0)
            return HostValues.ToTensor(values, dtype, device);
        int[] inverse = [.. order.Select((_, axis) => Array.IndexOf(order, axis))];
        return HostValues.ToTensor(values.Permute(order), dtype, device).Permute(inverse);
    }

    private static Tensor Sliced(RefArray values, DType dtype, Device device)
    {
        double junk = dtype is DType.Float32 or DType.Float64 ? double.NaN : Junk;
        int[] source = new int[values.Rank];
        RefArray block = RefArray.Generate([.. values.Sizes.Select(size => 2 * size + 1)], index =>
        {
            for (int axis = 0; axis < index.Length; axis++)
            {
                source[axis] = index[axis] / 2;
                if (index[axis] % 2 == 0)
                    return junk;
            }
            return values[source];
        });
        Tensor view = HostValues.ToTensor(block, dtype, device);
        for (int axis = 0; axis < values.Rank; axis++)
            view = view.Slice(axis, 1, values.Sizes[axis], 2);
        return view;
    }

    private static Tensor Expanded(RefArray values, DType dtype, Device device)
    {
        Tensor tensor = HostValues.ToTensor(values, dtype, device);
        return values.Values.Length == 0 ? tensor : tensor.Slice(0, 0, 1).Expand(tensor.Shape);
    }
}
