using System.Numerics;
using ILGPU;
using NeuralNet.Backends.Gpu.Kernels;

namespace NeuralNet.Backends.Gpu;

internal sealed partial class GpuBackend
{
    public void Moments<T>(View<T> x, in NormalizationShape shape, View<T> statistics)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (shape.Length == 0)
            return;
        if (IsOfColumns(in shape))
        {
            long parts = PartsOf(shape.Rows);
            (T full, T last) = (T.CreateChecked(NormalizationColumns.PartRows), T.CreateChecked(shape.Rows - (parts - 1) * NormalizationColumns.PartRows));
            using Scratch<T> partials = new(this, 2 * parts * shape.Columns);
            Launch(
                NormalizationColumns.MomentsOfColumns, ForColumns(shape.Columns, parts), ArgumentsOf<T>(in shape), parts, full, last, Range(x), Elements(partials));
            Launch(
                NormalizationColumns.CombineMoments, ForItems(shape.Columns), shape.Columns, parts, full, last, Elements(partials), Range(statistics));
            return;
        }
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
        long parts = PartsOf(shape.Sets * shape.Rows);
        using Scratch<T> partials = new(this, 2 * parts * shape.Columns);
        Launch(
            NormalizationColumns.SumsOfColumns, ForColumns(shape.Columns, parts),
            ArgumentsOf<T>(in shape), parts, T.CreateChecked(shape.Epsilon), Range(dy), Range(x), Range(statistics), Elements(partials));
        Launch(NormalizationColumns.CombineSums, ForItems(shape.Columns), shape.Columns, parts, Elements(partials), Range(sums));
    }

    public void NormalizationGradient<T>(
        View<T> dy, View<T> x, View<T> statistics, View<T>? weight, View<T> sums, in NormalizationShape shape, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (shape.Length == 0)
            return;
        if (IsOfColumns(in shape))
        {
            Launch(
                NormalizationColumns.GradientOfColumns, ForItems(shape.Length),
                ArgumentsOf(in shape, weight), T.CreateChecked(shape.Rows), T.CreateChecked(shape.Epsilon),
                Range(dy), Range(x), Range(statistics), Elements(weight ?? x), Range(sums), Range(dx));
            return;
        }
        Launch(
            Kernels.NormalizationKernels.Gradient, ForRows(shape.Sets * shape.Groups, shape.GroupLength),
            ArgumentsOf(in shape, weight), GroupRows.LanesOf(shape.GroupLength), T.CreateChecked(shape.GroupLength), T.CreateChecked(shape.Epsilon),
            Range(dy), Range(x), Range(statistics), Elements(weight ?? x), Range(dx));
    }

    /// <summary>Whether every column has a mean of its own, as in batch normalisation.</summary>
    private static bool IsOfColumns(in NormalizationShape shape) => shape.Sets == 1 && shape.Groups == shape.Columns && shape.IsCentered;

    private static long PartsOf(long rows) => (rows + NormalizationColumns.PartRows - 1) / NormalizationColumns.PartRows;

    private KernelConfig ForColumns(long columns, long parts) =>
        ForGroups((columns + NormalizationColumns.ColumnsAtOnce - 1) / NormalizationColumns.ColumnsAtOnce * parts);

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
