using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Brings images to other sizes.</summary>
    /// <param name="size">The spatial sizes of the result, for this tensor of [N, C, spatial…] with one to three spatial axes; or <paramref name="scaleFactor"/>.</param>
    /// <param name="scaleFactor">The factor of all spatial sizes, which are rounded down.</param>
    /// <param name="mode">How elements are found that lie between those of this tensor.</param>
    /// <param name="alignCorners">With <see cref="InterpolationMode.Linear"/>, whether the centres of the corner elements stay where they are;
    /// otherwise the outer edges do.</param>
    /// <returns>A tensor of [N, C, size…].</returns>
    /// <remarks>Nearest: y[i] = x[⌊i·ratio⌋]. Linear: y[i] = x at (i + ½)·ratio − ½, or at i·(in − 1)/(out − 1) with aligned corners, axis by axis. The
    /// ratio is in/out, or 1/scaleFactor where that is given, as in PyTorch. Has gradients of every order.</remarks>
    /// <exception cref="ShapeException">The tensor is no batch of images, or the result would have no elements.</exception>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    /// <exception cref="ArgumentException">Both or neither of size and factor are given, or a number is out of range.</exception>
    public Tensor Interpolate(
        AxisSizes size = default, double scaleFactor = 0, InterpolationMode mode = InterpolationMode.Nearest, bool alignCorners = false)
    {
        Images.Require(nameof(Interpolate), this);
        Require.FloatingPoint(nameof(Interpolate), DType);
        Interpolation.RequireArguments(nameof(Interpolate), size, scaleFactor, mode, alignCorners);
        long[] sizes = Interpolation.Sizes(nameof(Interpolate), Shape, size, scaleFactor);
        return mode == InterpolationMode.Nearest
            ? Interpolation.Nearest(this, sizes, scaleFactor)
            : Interpolation.Linear(this, sizes, scaleFactor, alignCorners);
    }
}

/// <summary>Interpolation made of poolings, whose windows have one element each.</summary>
internal static class Interpolation
{
    /// <exception cref="ArgumentException">The arguments contradict each other or are out of range.</exception>
    public static void RequireArguments(string name, AxisSizes size, double scaleFactor, InterpolationMode mode, bool alignCorners)
    {
        if (size.IsEmpty == (scaleFactor == 0))
            throw new ArgumentException($"{name}: {(size.IsEmpty ? "neither size nor scaleFactor is" : $"size {size} and scaleFactor {scaleFactor} are")} given. "
                + "Give one of them.", nameof(size));
        if (size.IsEmpty && !(scaleFactor > 0 && double.IsFinite(scaleFactor)))
            throw new ArgumentOutOfRangeException(nameof(scaleFactor), scaleFactor, $"{name}: scaleFactor is {scaleFactor}. Give a positive number.");
        if (alignCorners && mode == InterpolationMode.Nearest)
            throw new ArgumentException($"{name}: alignCorners is for InterpolationMode.Linear. Leave it out.", nameof(alignCorners));
    }

    /// <summary>The spatial sizes of the result.</summary>
    public static long[] Sizes(string name, Shape x, AxisSizes size, double scaleFactor)
    {
        int rank = x.Rank - 2;
        long[] sizes = size.IsEmpty
            ? [.. x.Skip(2).Select(length => (long)Math.Floor(length * scaleFactor))]
            : size.Expand(name, nameof(size), rank, missing: 0, least: 1);
        for (int axis = 0; axis < rank; axis++)
        {
            if (sizes[axis] == 0 || x.Span[axis + 2] == 0)
                throw new ShapeException($"{name}: {x.Span[axis + 2]} elements on axis {axis + 2} of {x} would become {sizes[axis]}. Give images and a "
                    + "result of at least one.");
        }
        return sizes;
    }

    public static Tensor Nearest(Tensor x, long[] sizes, double scaleFactor)
    {
        PoolingAxis[] axes = new PoolingAxis[sizes.Length];
        for (int axis = 0; axis < axes.Length; axis++)
        {
            long size = x.Shape.Span[axis + 2];
            long[] places = new long[sizes[axis]];
            for (long i = 0; i < places.Length; i++)
                places[i] = scaleFactor > 0 ? Math.Min((long)(i / scaleFactor), size - 1) : i * size / sizes[axis];
            axes[axis] = At(size, places);
        }
        return Op.Apply(new AveragePoolOp(axes), x);
    }

    public static Tensor Linear(Tensor x, long[] sizes, double scaleFactor, bool alignCorners)
    {
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            long size = x.Shape.Span[axis + 2];
            double ratio = alignCorners ? (sizes[axis] == 1 ? 0 : (size - 1.0) / (sizes[axis] - 1)) : scaleFactor > 0 ? 1 / scaleFactor : (double)size / sizes[axis];
            if (size != sizes[axis] || ratio != 1)
                x = AlongAxis(x, axis, sizes[axis], ratio, offset: alignCorners ? 0 : 0.5);
        }
        return x.Unchanged();
    }

    /// <summary>Interpolates along one axis between the two neighbours of each position.</summary>
    private static Tensor AlongAxis(Tensor x, int axis, long count, double ratio, double offset)
    {
        long size = x.Shape.Span[axis + 2];
        (long[] left, long[] right, double[] shares) = (new long[count], new long[count], new double[count]);
        for (long i = 0; i < count; i++)
        {
            double position = Math.Max(0, (i + offset) * ratio - offset);
            left[i] = Math.Min((long)position, size - 1);
            right[i] = Math.Min(left[i] + 1, size - 1);
            shares[i] = position - left[i];
        }
        long[] along = new long[x.Rank];
        along.AsSpan().Fill(1);
        along[axis + 2] = count;
        Tensor share = Tensor.From(shares, new Shape(along.AsSpan()), x.Device).Cast(x.DType);
        return Pick(x, axis, left) * (1 - share) + Pick(x, axis, right) * share;
    }

    private static Tensor Pick(Tensor x, int along, long[] places)
    {
        PoolingAxis[] axes = new PoolingAxis[x.Rank - 2];
        for (int axis = 0; axis < axes.Length; axis++)
        {
            long size = x.Shape.Span[axis + 2];
            axes[axis] = axis == along ? At(size, places) : PoolingAxis.Adaptive(size, size);
        }
        return Op.Apply(new AveragePoolOp(axes), x);
    }

    private static PoolingAxis At(long size, long[] places)
    {
        long[] ones = new long[places.Length];
        ones.AsSpan().Fill(1);
        return new(size, places, ones, ones, dilation: 1);
    }
}
