namespace NeuralNet.Testing;

/// <summary>The windows of poolings by their definition.</summary>
public static class RefPooling
{
    /// <summary>The elements of each window, as a function of the index of the result gives them: position and value.</summary>
    public static RefArray Regular(
        RefArray x, int kernel, int stride, int padding, int dilation, bool ceil, Func<(int Position, double Value)[], int, double> combine)
    {
        int rank = x.Rank - 2;
        int[] sizes = [.. x.Sizes];
        for (int axis = 2; axis < x.Rank; axis++)
            sizes[axis] = Count(x.Sizes[axis], kernel, stride, padding, dilation, ceil);
        return RefArray.Generate(sizes, o =>
        {
            int padded = 1;
            for (int axis = 2; axis < x.Rank; axis++)
            {
                int start = o[axis] * stride - padding;
                padded *= Math.Min(start + kernel, x.Sizes[axis] + padding) - start;
            }
            List<(int, double)> elements = [];
            RefArray.Generate([.. Enumerable.Repeat(kernel, rank)], r =>
            {
                int position = 0;
                int[] index = [o[0], o[1], .. new int[rank]];
                for (int axis = 0; axis < rank; axis++)
                {
                    int i = o[axis + 2] * stride - padding + r[axis] * dilation;
                    if (i < 0 || i >= x.Sizes[axis + 2])
                        return 0;
                    index[axis + 2] = i;
                    position = position * x.Sizes[axis + 2] + i;
                }
                elements.Add((position, x[index]));
                return 0;
            });
            return combine([.. elements], padded);
        });
    }

    public static RefArray Adaptive(RefArray x, int count, Func<double[], double> combine)
    {
        int rank = x.Rank - 2;
        return RefArray.Generate([x.Sizes[0], x.Sizes[1], .. Enumerable.Repeat(count, rank)], o =>
        {
            List<double> elements = [];
            RefArray.Generate(x.Sizes[2..], i =>
            {
                bool isInside = true;
                for (int axis = 0; axis < rank; axis++)
                {
                    int size = x.Sizes[axis + 2];
                    isInside &= i[axis] >= Math.Floor((double)o[axis + 2] * size / count) && i[axis] < Math.Ceiling((o[axis + 2] + 1.0) * size / count);
                }
                if (isInside)
                    elements.Add(x[[o[0], o[1], .. i]]);
                return 0;
            });
            return combine([.. elements]);
        });
    }

    private static int Count(int size, int kernel, int stride, int padding, int dilation, bool ceil)
    {
        double windows = (size + 2 * padding - dilation * (kernel - 1) - 1) / (double)stride;
        int count = (int)(ceil ? Math.Ceiling(windows) : Math.Floor(windows)) + 1;
        return ceil && (count - 1) * stride >= size + padding ? count - 1 : count;
    }
}
