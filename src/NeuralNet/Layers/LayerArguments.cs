namespace NeuralNet;

/// <summary>The checks of constructor arguments, and the last step, that layers share.</summary>
internal static class LayerArguments
{
    /// <summary>The size of an input that is left open: the first input tells it.</summary>
    public const long Open = -1;

    /// <summary>The size of an input, which may be left open.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is zero or negative, but not <see cref="Open"/>.</exception>
    public static void RequirePositiveOrOpen(string layer, string argument, long size)
    {
        if (size <= 0 && size != Open)
            throw new ArgumentOutOfRangeException(argument, size, $"{layer}: {argument} is {size}. Give a size of at least 1, or −1 to take that of the first "
                + "input.");
    }

    /// <summary>The text of a size.</summary>
    public static string Describe(long size) => size == Open ? "?" : $"{size}";

    /// <exception cref="ArgumentOutOfRangeException">The size is zero or negative.</exception>
    public static void RequirePositive(string layer, string argument, long size)
    {
        if (size <= 0)
            throw new ArgumentOutOfRangeException(argument, size, $"{layer}: {argument} is {size}. Give a size of at least 1.");
    }

    /// <summary>Applies the activation of a layer to its result, which is ended.</summary>
    public static Tensor Activate(Layer activation, Tensor y)
    {
        Tensor activated = activation.Forward(y);
        if (activation.IsOfLibrary && !ReferenceEquals(activated, y))
            y.End();
        return activated;
    }

    /// <exception cref="ArgumentException">A number is not positive, or the groups do not divide the channels.</exception>
    public static void RequireGroups(string layer, long inChannels, long outChannels, long groups)
    {
        RequirePositiveOrOpen(layer, nameof(inChannels), inChannels);
        RequirePositive(layer, nameof(outChannels), outChannels);
        RequirePositive(layer, nameof(groups), groups);
        if ((inChannels != Open && inChannels % groups != 0) || outChannels % groups != 0)
            throw new ArgumentException($"{layer}: {inChannels} input and {outChannels} output channels cannot be divided into {groups} groups. Give "
                + "multiples of the groups.", nameof(groups));
    }

    /// <exception cref="ArgumentOutOfRangeException">The number is no positive one, which keeps a variance of 0 from being divided by.</exception>
    public static void RequireEpsilon(string layer, double eps)
    {
        if (!(eps > 0) || double.IsInfinity(eps))
            throw new ArgumentOutOfRangeException(nameof(eps), eps, $"{layer}: eps is {eps}. Give a small positive number.");
    }

    /// <exception cref="ArgumentException">There is no axis, or one without elements.</exception>
    public static void RequireNormalizedShape(string layer, Shape shape)
    {
        if (shape.Rank == 0 || shape.Length == 0)
            throw new ArgumentException($"{layer}: normalizedShape is {shape}. Give the sizes of one axis or more, as in [64].", nameof(shape));
    }

    /// <summary>That a batch of images has the axes that a layer is for.</summary>
    /// <exception cref="ShapeException">It has not.</exception>
    public static void RequireAxes(Tensor x, int spatialAxes)
    {
        if (x.Rank != spatialAxes + 2)
            throw new ShapeException($"expected {spatialAxes + 2} axes, [N, C] and {spatialAxes} spatial, got {x.Rank}; input {x.Shape}. Use "
                + "Unsqueeze(0) for a single image, or Reshape.");
    }

    /// <summary>The text of a pooling layer: what differs from the defaults.</summary>
    public static string DescribeWindows(
        string name, AxisSizes kernelSize, AxisSizes stride, AxisSizes padding, AxisSizes dilation, bool ceilMode, string first = "") =>
        $"{name}({first}{kernelSize}{(stride.IsEmpty ? "" : $", stride {stride}")}{(padding.IsEmpty ? "" : $", padding {padding}")}"
            + $"{(dilation.IsOne ? "" : $", dilation {dilation}")}{(ceilMode ? ", ceil mode" : "")})";

    /// <exception cref="ArgumentOutOfRangeException">The number is no probability.</exception>
    public static void RequireProbability(string layer, string argument, double value)
    {
        if (!(value >= 0 && value <= 1))
            throw new ArgumentOutOfRangeException(argument, value, $"{layer}: {argument} is {value}. Give a probability in [0, 1].");
    }
}
