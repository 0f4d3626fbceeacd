using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>Reads the arguments of poolings.</summary>
internal static class PoolingArguments
{
    /// <summary>Windows of one size.</summary>
    /// <exception cref="ShapeException">The tensor is no batch of images, or smaller than a window.</exception>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static PoolingAxis[] Regular(
        string name, Tensor x, AxisSizes kernelSize, AxisSizes stride, AxisSizes padding, AxisSizes dilation, bool ceilMode, bool countsPadding = true)
    {
        Images.Require(name, x);
        int rank = x.Rank - 2;
        Span<long> kernels = stackalloc long[rank];
        Span<long> strides = stackalloc long[rank];
        Span<long> paddings = stackalloc long[rank];
        Span<long> dilations = stackalloc long[rank];
        kernelSize.Expand(name, nameof(kernelSize), kernels, missing: 0, least: 1);
        (stride.IsEmpty ? kernelSize : stride).Expand(name, nameof(stride), strides, missing: 1, least: 1);
        padding.Expand(name, nameof(padding), paddings, missing: 0, least: 0);
        dilation.Expand(name, nameof(dilation), dilations, missing: 1, least: 1);
        PoolingAxis[] axes = new PoolingAxis[rank];
        for (int i = 0; i < rank; i++)
        {
            long size = x.Shape.Span[i + 2];
            long extent = dilations[i] * (kernels[i] - 1) + 1;
            if (2 * paddings[i] > extent)
                throw new ArgumentOutOfRangeException(nameof(padding), paddings[i], $"{name}: padding is {padding} for windows of {extent} on axis "
                    + $"{i + 2}. Give at most half of a window.");
            axes[i] = PoolingAxis.Regular(size, kernels[i], strides[i], paddings[i], dilations[i], ceilMode, countsPadding);
            if (axes[i].Count == 0)
                throw new ShapeException($"{name}: windows of {extent} on axis {i + 2}, but only {size + 2 * paddings[i]} elements there, padding "
                    + $"included; input {x.Shape}. Use larger images or smaller windows.");
        }
        return axes;
    }

    /// <summary>A number of windows for each axis.</summary>
    /// <exception cref="ShapeException">The tensor is no batch of images, or has an axis without elements.</exception>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static PoolingAxis[] Adaptive(string name, Tensor x, AxisSizes outputSize)
    {
        Images.Require(name, x);
        long[] counts = outputSize.Expand(name, nameof(outputSize), x.Rank - 2, missing: 0, least: 1);
        PoolingAxis[] axes = new PoolingAxis[counts.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            long size = x.Shape.Span[i + 2];
            if (size == 0)
                throw new ShapeException($"{name}: axis {i + 2} of {x.Shape} has no elements. Give every spatial axis a size of at least 1.");
            axes[i] = PoolingAxis.Adaptive(size, counts[i]);
        }
        return axes;
    }

    /// <summary>The spatial sizes from which windows make those of a shape.</summary>
    public static AxisSizes UnpooledSize(string name, Shape pooled, AxisSizes kernelSize, AxisSizes stride, AxisSizes padding)
    {
        int rank = pooled.Rank - 2;
        long[] kernels = kernelSize.Expand(name, nameof(kernelSize), rank, missing: 0, least: 1);
        long[] strides = (stride.IsEmpty ? kernelSize : stride).Expand(name, nameof(stride), rank, missing: 1, least: 1);
        long[] paddings = padding.Expand(name, nameof(padding), rank, missing: 0, least: 0);
        long[] sizes = new long[rank];
        for (int i = 0; i < rank; i++)
            sizes[i] = (pooled.Span[i + 2] - 1) * strides[i] - 2 * paddings[i] + kernels[i];
        return new(sizes);
    }

    /// <summary>The shape of a result.</summary>
    public static Shape ShapeOf(Shape x, PoolingAxis[] axes)
    {
        Span<long> sizes = stackalloc long[x.Rank];
        x.Span.CopyTo(sizes);
        for (int i = 0; i < axes.Length; i++)
            sizes[i + 2] = axes[i].Count;
        return Shape.Remembered(sizes);
    }
}
