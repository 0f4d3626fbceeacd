using System.Numerics;
using NeuralNet.Backends.Gpu.Kernels;

namespace NeuralNet.Backends.Gpu;

internal sealed partial class GpuBackend
{
    public void Moments<T>(View<T> x, in NormalizationShape shape, View<T> statistics)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (shape.Length == 0)
            return;
        Launch(
            Kernels.NormalizationKernels.Moments, ForRows(shape.Sets * shape.Groups, shape.GroupLength),
            ArgumentsOf<T>(in shape), GroupRows.LanesOf(shape.GroupLength), T.CreateChecked(shape.GroupLength), Range(x), Range(statistics));
    }

    public void Normalize<T>(View<T> x, View<T> statistics, View<T>? weight, View<T>? bias, in NormalizationShape shape, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (shape.Length == 0)
            return;
        Launch(
            Kernels.NormalizationKernels.Normalize, ForItems(shape.Length),
            ArgumentsOf(in shape, weight, bias), T.CreateChecked(shape.Epsilon), Range(x), Range(statistics),
            Elements(weight ?? x), Elements(bias ?? x), Range(y));
    }

    public void NormalizationSums<T>(View<T> dy, View<T> x, View<T> statistics, in NormalizationShape shape, View<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (sums.IsEmpty)
            return;
        if (shape.Length == 0)
        {
            Fill(T.Zero, sums);
            return;
        }
        Launch(
            Kernels.NormalizationKernels.Sums, ForGroups(shape.Columns),
            ArgumentsOf<T>(in shape), T.CreateChecked(shape.Epsilon), Range(dy), Range(x), Range(statistics), Range(sums));
    }

    public void NormalizationGradient<T>(
        View<T> dy, View<T> x, View<T> statistics, View<T>? weight, View<T> sums, in NormalizationShape shape, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (shape.Length == 0)
            return;
        Launch(
            Kernels.NormalizationKernels.Gradient, ForRows(shape.Sets * shape.Groups, shape.GroupLength),
            ArgumentsOf(in shape, weight), GroupRows.LanesOf(shape.GroupLength), T.CreateChecked(shape.GroupLength), T.CreateChecked(shape.Epsilon),
            Range(dy), Range(x), Range(statistics), Elements(weight ?? x), Range(dx));
    }

    private static NormalizationArguments ArgumentsOf<T>(in NormalizationShape shape, View<T>? weight = null, View<T>? bias = null)
        where T : unmanaged => new()
        {
            Sets = shape.Sets,
            Rows = shape.Rows,
            Columns = shape.Columns,
            Groups = shape.Groups,
            IsCentered = shape.IsCentered ? 1 : 0,
            HasWeight = weight is null ? 0 : 1,
            HasBias = bias is null ? 0 : 1,
            WeightOffset = weight?.Layout.Offset ?? 0,
            BiasOffset = bias?.Layout.Offset ?? 0,
        };
}
