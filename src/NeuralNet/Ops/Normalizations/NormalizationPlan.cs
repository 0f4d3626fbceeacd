using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>What a normalisation does with a tensor: the order in memory that it needs, and what shares a mean.</summary>
/// <param name="Axes">The axes over which means are taken, in the tensor [N, C, …], or for groups in [N, groups, C/groups, …].</param>
/// <param name="Groups">Groups of channels, or 0 where the channels are not grouped.</param>
/// <param name="WeightAxis">The first axis of the weight; behind it stand all others of the weight.</param>
/// <param name="WeightShape">The shape of weight and bias.</param>
/// <param name="IsChannelsLast">Whether the channels are innermost in memory.</param>
/// <param name="Shape">The sets, rows and columns.</param>
internal sealed record NormalizationPlan(
    int[] Axes, long Groups, int WeightAxis, Shape WeightShape, bool IsChannelsLast, NormalizationShape Shape)
{
    /// <summary>Statistics of each channel over all images.</summary>
    public static NormalizationPlan OfBatch(Shape x, double epsilon) => new(
        [0, .. Enumerable.Range(2, x.Rank - 2)], 0, 1, new(x[1]), x.Rank > 2, new(1, Others(x), x[1], x[1], epsilon, IsCentered: true));

    /// <summary>Statistics of each group of channels of an image.</summary>
    public static NormalizationPlan OfGroups(Shape x, long groups, double epsilon) => new(
        [.. Enumerable.Range(2, x.Rank - 1)], groups, 1, new(x[1]), x.Rank > 2,
        new(x[0], x[0] == 0 ? 1 : Others(x) / x[0], x[1], groups, epsilon, IsCentered: true));

    /// <summary>Statistics over the last axes, from one on. Whole images that lie channels last stay as they are.</summary>
    public static NormalizationPlan OfLast(Layout x, int axis, double epsilon, bool isCentered)
    {
        Shape shape = x.Shape;
        Shape last = new(shape.Span[axis..]);
        bool isChannelsLast = axis == 1 && shape.Rank > 2 && !x.IsContiguous && x.SameOrderAs(Layout.ChannelsLast(shape));
        NormalizationShape sets = new(new Shape(shape.Span[..axis]).Length, 1, last.Length, 1, epsilon, isCentered);
        return new([.. Enumerable.Range(axis, shape.Rank - axis)], 0, axis, last, isChannelsLast, sets);
    }

    /// <summary>The shape of the statistics.</summary>
    public Shape StatisticsShape => new(Shape.Sets, Shape.Groups, 2);

    /// <summary>How weight and bias lie for the kernels: as the elements that they belong to.</summary>
    public Layout WeightLayout => IsChannelsLast && WeightShape.Rank > 1
        ? new(WeightShape, Layout.ChannelsLast(NeuralNet.Shape.OfChecked([1, .. WeightShape.Span])).Strides[1..].ToArray(), 0)
        : Layout.Contiguous(WeightShape);

    public Layout Arrange(Shape x) => IsChannelsLast ? Layout.ChannelsLast(x) : Layout.Contiguous(x);

    /// <summary>The elements as the kernels need them: the tensor's own, or copied.</summary>
    public View<T> Read<T>(IComputeBackend backend, Tensor x, out Scratch<T> copy)
        where T : unmanaged
    {
        Layout layout = Arrange(x.Shape);
        if (x.Layout.SameOrderAs(layout))
        {
            copy = default;
            return x.View<T>();
        }
        copy = new(backend, layout);
        backend.Copy(x.View<T>(), copy.View);
        return copy.View;
    }

    private static long Others(Shape x) => x[1] == 0 ? 0 : x.Length / x[1];
}
