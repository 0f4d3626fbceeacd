namespace NeuralNet.Testing;

/// <summary>
/// An array of numbers for references: plain loops over <see cref="double"/>, which share no code with the library. Indices broadcast: they
/// are aligned at the last axis, and an axis of size 1 repeats.
/// </summary>
public sealed class RefArray
{
    public RefArray(int[] sizes, double[] values)
    {
        Sizes = sizes;
        Values = values;
        if (values.Length != Count(sizes))
            throw new ArgumentException($"RefArray: {values.Length} values for the sizes [{string.Join(", ", sizes)}].");
    }

    public int[] Sizes { get; }

    /// <summary>The elements in logical (row-major) order.</summary>
    public double[] Values { get; }

    public int Rank => Sizes.Length;

    public double this[params ReadOnlySpan<int> index]
    {
        get => Values[PositionOf(index)];
        set => Values[PositionOf(index)] = value;
    }

    public static int Count(int[] sizes) => sizes.Aggregate(1, (count, size) => count * size);

    /// <summary>Makes an array from a function of the index; the index array that the function sees is reused.</summary>
    public static RefArray Generate(int[] sizes, Func<int[], double> element)
    {
        double[] values = new double[Count(sizes)];
        int[] index = new int[sizes.Length];
        for (int position = 0; position < values.Length; position++)
        {
            values[position] = element(index);
            for (int axis = sizes.Length - 1; axis >= 0 && ++index[axis] == sizes[axis]; axis--)
                index[axis] = 0;
        }
        return new(sizes, values);
    }

    /// <summary>A function of two arrays, element by element, broadcast.</summary>
    public static RefArray Zip(RefArray a, RefArray b, Func<double, double, double> function) =>
        Generate(Broadcast(a.Sizes, b.Sizes), i => function(a[i], b[i]));

    /// <summary>The common sizes of two arrays.</summary>
    public static int[] Broadcast(int[] a, int[] b)
    {
        int[] sizes = new int[Math.Max(a.Length, b.Length)];
        for (int i = 1; i <= sizes.Length; i++)
        {
            int sizeA = i <= a.Length ? a[^i] : 1;
            sizes[^i] = sizeA == 1 && i <= b.Length ? b[^i] : sizeA;
        }
        return sizes;
    }

    public RefArray Map(Func<double, double> function) => new(Sizes, Array.ConvertAll(Values, x => function(x)));

    public RefArray Reshape(params int[] sizes) => new(sizes, Values);

    public RefArray Permute(params int[] order)
    {
        int[] source = new int[Rank];
        return Generate([.. order.Select(axis => Sizes[axis])], i =>
        {
            for (int axis = 0; axis < order.Length; axis++)
                source[order[axis]] = i[axis];
            return this[source];
        });
    }

    /// <summary>Turns the elements along some axes (all, if none is named) into one.</summary>
    public RefArray Reduce(ReadOnlySpan<int> axes, bool keepDims, Func<double[], double> function)
    {
        bool[] isReduced = new bool[Rank];
        foreach (int axis in axes)
            isReduced[axis < 0 ? axis + Rank : axis] = true;
        if (axes.IsEmpty)
            Array.Fill(isReduced, true);
        int[] kept = [.. Sizes.Select((size, axis) => isReduced[axis] ? 1 : size)];
        int[] inner = [.. Sizes.Select((size, axis) => isReduced[axis] ? size : 1)];
        RefArray reduced = Generate(kept, i => function(Generate(inner, j => this[[.. i.Zip(j, (a, b) => a + b)]]).Values));
        return keepDims ? reduced : new([.. Sizes.Where((_, axis) => !isReduced[axis])], reduced.Values);
    }

    /// <summary>A function of each row along an axis, which keeps its length.</summary>
    public RefArray MapRows(int axis, Func<double[], double[]> function)
    {
        int row = axis < 0 ? axis + Rank : axis;
        int[] others = [.. Enumerable.Range(0, Rank).Where(i => i != row)];
        RefArray last = Permute([.. others, row]);
        int length = Sizes[row];
        double[] values = [.. Enumerable.Range(0, length == 0 ? 0 : Values.Length / length)
            .SelectMany(i => function(last.Values[(i * length)..((i + 1) * length)]))];
        int[] inverse = [.. Enumerable.Range(0, Rank).Select(i => Array.IndexOf([.. others, row], i))];
        return new RefArray(last.Sizes, values).Permute(inverse);
    }

    public override string ToString() => $"[{string.Join(", ", Sizes)}]";

    private int PositionOf(ReadOnlySpan<int> index)
    {
        int position = 0;
        int skipped = index.Length - Rank;
        for (int axis = 0; axis < Rank; axis++)
            position = position * Sizes[axis] + (Sizes[axis] == 1 ? 0 : index[axis + skipped]);
        return position;
    }
}
