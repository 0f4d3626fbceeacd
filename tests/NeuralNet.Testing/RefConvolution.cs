namespace NeuralNet.Testing;

/// <summary>Convolutions by their definition: one loop over everything.</summary>
/// <param name="Stride">For each spatial axis the distance between windows.</param>
/// <param name="Before">The zeros before it.</param>
/// <param name="Behind">The zeros behind it.</param>
/// <param name="Dilation">The distance between elements of a window.</param>
/// <param name="Groups">The number of groups.</param>
public sealed record RefConvolution(int[] Stride, int[] Before, int[] Behind, int[] Dilation, int Groups)
{
    public RefArray Forward(RefArray x, RefArray weight, RefArray? bias = null)
    {
        int[] sizes = [x.Sizes[0], weight.Sizes[0], .. Enumerable.Range(0, Stride.Length).Select(axis => OutputSize(axis, x.Sizes[axis + 2], weight.Sizes[axis + 2]))];
        RefArray y = new(sizes, new double[RefArray.Count(sizes)]);
        Visit(x.Sizes, weight.Sizes, sizes, (ix, iw, iy) => y[iy] += x[ix] * weight[iw]);
        return bias is null ? y : RefArray.Generate(sizes, i => y[i] + bias[i[1]]);
    }

    /// <summary>The gradient of the images, which is also the transposed convolution.</summary>
    public RefArray InputGradient(RefArray dy, RefArray weight, int[] sizes, RefArray? bias = null)
    {
        RefArray dx = new(sizes, new double[RefArray.Count(sizes)]);
        Visit(sizes, weight.Sizes, dy.Sizes, (ix, iw, iy) => dx[ix] += dy[iy] * weight[iw]);
        return bias is null ? dx : RefArray.Generate(sizes, i => dx[i] + bias[i[1]]);
    }

    public RefArray WeightGradient(RefArray dy, RefArray x, int[] sizes)
    {
        RefArray dw = new(sizes, new double[RefArray.Count(sizes)]);
        Visit(x.Sizes, sizes, dy.Sizes, (ix, iw, iy) => dw[iw] += dy[iy] * x[ix]);
        return dw;
    }

    public int OutputSize(int axis, int size, int kernel) =>
        (size + Before[axis] + Behind[axis] - Dilation[axis] * (kernel - 1) - 1) / Stride[axis] + 1;

    /// <summary>Calls a function with the indices of all elements that meet.</summary>
    private void Visit(int[] x, int[] weight, int[] y, Action<int[], int[], int[]> visit)
    {
        int[] image = new int[x.Length];
        int[] window = new int[x.Length];
        int perGroup = weight[0] / Groups;
        RefArray.Generate(y, position =>
        {
            image[0] = position[0];
            window[0] = position[1];
            RefArray.Generate(weight[1..], element =>
            {
                element.CopyTo(window, 1);
                image[1] = position[1] / perGroup * weight[1] + element[0];
                for (int axis = 0; axis < Stride.Length; axis++)
                {
                    image[axis + 2] = position[axis + 2] * Stride[axis] - Before[axis] + element[axis + 1] * Dilation[axis];
                    if (image[axis + 2] < 0 || image[axis + 2] >= x[axis + 2])
                        return 0;
                }
                visit(image, window, position);
                return 0;
            });
            return 0;
        });
    }
}
