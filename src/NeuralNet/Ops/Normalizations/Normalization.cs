using System.Numerics;
using NeuralNet.Backends;
using NeuralNet.Memory;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Brings the elements along the last axes to mean 0 and variance 1, then scales and shifts them: layer normalisation.</summary>
    /// <param name="normalizedShape">The sizes of the last axes, over which the means are taken.</param>
    /// <param name="weight">The factors, of that shape; or null.</param>
    /// <param name="bias">What is added, of that shape; or null.</param>
    /// <param name="eps">What is added to the variance.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = (x − mean)/√(variance + ε)·weight + bias, the variance being divided by the number of elements. Ba, Kiros and Hinton, "Layer
    /// normalization", 2016.</remarks>
    /// <exception cref="ShapeException">The last axes have other sizes.</exception>
    /// <exception cref="DTypeException">The dtypes differ or are not of floating point.</exception>
    public Tensor LayerNorm(Shape normalizedShape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
        NormalizeLast(nameof(LayerNorm), normalizedShape, weight, bias, eps, isCentered: true);

    /// <summary>Divides the elements along the last axes by the root of their mean square, then scales them.</summary>
    /// <param name="normalizedShape">The sizes of the last axes, over which the mean is taken.</param>
    /// <param name="weight">The factors, of that shape; or null.</param>
    /// <param name="eps">What is added to the mean square; the dtype's distance from 1 to the next number if left out.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = x/√(mean(x²) + ε)·weight. Zhang and Sennrich, "Root mean square layer normalization", 2019.</remarks>
    /// <exception cref="ShapeException">The last axes have other sizes.</exception>
    /// <exception cref="DTypeException">The dtypes differ or are not of floating point.</exception>
    public Tensor RmsNorm(Shape normalizedShape, Tensor? weight = null, double? eps = null) => NormalizeLast(
        nameof(RmsNorm), normalizedShape, weight, bias: null, eps ?? (DType == DType.Float64 ? Math.ScaleB(1, -52) : Math.ScaleB(1, -23)), isCentered: false);

    /// <summary>Brings each group of channels of each image to mean 0 and variance 1, then scales and shifts the channels.</summary>
    /// <param name="groups">The number of groups, for this tensor of [N, C, …].</param>
    /// <param name="weight">The factors of the channels, of [C]; or null.</param>
    /// <param name="bias">What is added, of [C]; or null.</param>
    /// <param name="eps">What is added to the variance.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>Wu and He, "Group normalization", 2018.</remarks>
    /// <exception cref="ShapeException">The groups do not divide the channels, or the shapes do not fit.</exception>
    /// <exception cref="DTypeException">The dtypes differ or are not of floating point.</exception>
    public Tensor GroupNorm(long groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
    {
        if (Rank < 2)
            throw new ShapeException($"GroupNorm: a tensor of {Shape}; [N, C, …] is needed. Reshape it.");
        if (groups <= 0 || Shape[1] % groups != 0)
            throw new ShapeException($"GroupNorm: {Shape[1]} channels of {Shape} cannot be divided into {groups} groups. Give a divisor.");
        return Normalized(nameof(GroupNorm), NormalizationPlan.OfGroups(Shape, groups, eps), weight, bias).Output;
    }

    /// <summary>Brings each channel of each image to mean 0 and variance 1, then scales and shifts the channels.</summary>
    /// <param name="weight">The factors of the channels, of [C]; or null.</param>
    /// <param name="bias">What is added, of [C]; or null.</param>
    /// <param name="eps">What is added to the variance.</param>
    /// <returns>A tensor of the same shape, for this one of [N, C, …].</returns>
    /// <remarks>Ulyanov, Vedaldi and Lempitsky, "Instance normalization", 2016.</remarks>
    /// <exception cref="ShapeException">The tensor has no spatial axis, or the shapes do not fit.</exception>
    /// <exception cref="DTypeException">The dtypes differ or are not of floating point.</exception>
    public Tensor InstanceNorm(Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
    {
        if (Rank < 3)
            throw new ShapeException($"InstanceNorm: a tensor of {Shape}; [N, C] and a spatial axis or more are needed. Reshape it.");
        return Normalized(nameof(InstanceNorm), NormalizationPlan.OfGroups(Shape, Math.Max(1, Shape[1]), eps), weight, bias).Output;
    }

    /// <summary>Normalises, and gives the statistics [sets, groups, 2] as well.</summary>
    internal (Tensor Output, Tensor Statistics) Normalized(string name, NormalizationPlan plan, Tensor? weight, Tensor? bias)
    {
        Require.FloatingPoint(name, DType);
        foreach (Tensor? parameter in (Tensor?[])[weight, bias])
        {
            if (parameter is not null && parameter.Shape != plan.WeightShape)
                throw new ShapeException($"{name}: weight or bias {parameter.Shape} for an input of {Shape}. Give it the shape {plan.WeightShape}.");
        }
        Tensor statistics = NormalizationOp.Moments(this, plan);
        weight ??= bias is null ? null : Ones(plan.WeightShape, DType, Device);
        NormalizationOp op = new(plan);
        Tensor y = weight is null ? Op.Apply(op, this, statistics)
            : bias is null ? Op.Apply(op, this, statistics, weight)
            : Op.Apply(op, this, statistics, weight, bias);
        return (y, statistics);
    }

    private Tensor NormalizeLast(string name, Shape normalizedShape, Tensor? weight, Tensor? bias, double eps, bool isCentered)
    {
        int axis = Rank - normalizedShape.Rank;
        if (normalizedShape.Rank == 0 || axis < 0 || !Shape.Span[axis..].SequenceEqual(normalizedShape.Span))
            throw new ShapeException($"{name}: the last axes of {Shape} are not {normalizedShape}. Give the sizes of the axes to normalise over.");
        return Normalized(name, NormalizationPlan.OfLast(Layout, axis, eps, isCentered), weight, bias).Output;
    }
}

/// <summary>
/// y = (x − mean)/√(variance + ε)·weight + bias for x, the statistics of x, and perhaps weight and bias. The gradient of x counts the
/// statistics as functions of x.
/// </summary>
internal sealed class NormalizationOp(NormalizationPlan plan) : FloatingOp
{
    protected override Saves Saves => Saves.First | Saves.Second | Saves.Third;

    /// <summary>The statistics of a tensor, [sets, groups, 2], which no gradient flows through.</summary>
    public static Tensor Moments(Tensor x, NormalizationPlan plan) => Apply(new NormalizationMomentsOp(plan), x);

    protected override Layout Arrange(Shape shape) => plan.Arrange(shape);

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs) => inputs[0].Shape;

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        View<T> x = plan.Read(backend, inputs[0], out Scratch<T> copy);
        View<T>? weight = inputs.Length > 2 ? Parameters.Read(backend, inputs[2], plan.WeightLayout, out Scratch<T> weightCopy) : Parameters.None(out weightCopy);
        View<T>? bias = inputs.Length > 3 ? Parameters.Read(backend, inputs[3], plan.WeightLayout, out Scratch<T> biasCopy) : Parameters.None(out biasCopy);
        backend.Normalize(x, inputs[1].View<T>(), weight, bias, plan.Shape, output.View<T>());
        copy.Dispose();
        weightCopy.Dispose();
        biasCopy.Dispose();
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Tensor x = SavedInput(0);
        Tensor? weight = gradients.Length > 2 ? SavedInput(2) : null;
        // Gradients of gradients come from the formula, written in differentiable operations.
        if (AmbientContext.GradientsEnabled)
        {
            Compose(dy, x, weight, gradients);
            return;
        }
        Tensor statistics = SavedInput(1);
        Tensor sums = Apply(new NormalizationSumsOp(plan), dy, x, statistics);
        if (NeedsGradient(0))
        {
            Op op = new NormalizationGradOp(plan);
            gradients[0] = weight is null ? Apply(op, dy, x, statistics, sums) : Apply(op, dy, x, statistics, sums, weight);
        }
        if (gradients.Length > 2 && NeedsGradient(2))
            gradients[2] = OfWeight(sums[1]);
        if (gradients.Length > 3 && NeedsGradient(3))
            gradients[3] = OfWeight(sums[0]);
    }

    /// <summary>Sums of the columns, in the order of the elements, as a gradient of the weight.</summary>
    private Tensor OfWeight(Tensor sums)
    {
        if (!plan.IsChannelsLast || plan.WeightShape.Rank == 1)
            return sums.Reshape(plan.WeightShape);
        Shape shape = plan.WeightShape;
        Tensor channelsLast = sums.Reshape(Shape.OfChecked([.. shape.Span[1..], shape[0]]));
        return channelsLast.Permute([shape.Rank - 1, .. Enumerable.Range(0, shape.Rank - 1)]).Contiguous();
    }

    private void Compose(Tensor dy, Tensor x, Tensor? weight, Span<Tensor?> gradients)
    {
        long[] along = new long[x.Rank];
        along.AsSpan().Fill(1);
        plan.WeightShape.Span.CopyTo(along.AsSpan(plan.WeightAxis));
        Shape broadcast = Shape.OfChecked(along);
        Tensor grouped = Grouped(x);
        Tensor mean = plan.Shape.IsCentered ? grouped.Mean(plan.Axes, keepDims: true) : Tensor.Zeros([], x.DType, x.Device);
        Tensor deviation = grouped - mean;
        Tensor scale = (deviation.Square().Mean(plan.Axes, keepDims: true) + plan.Shape.Epsilon).Rsqrt();
        Tensor normalized = deviation * scale;
        Tensor g = Grouped(weight is null ? dy : dy * weight.Reshape(broadcast));
        if (NeedsGradient(0))
        {
            Tensor product = (g * normalized).Mean(plan.Axes, keepDims: true);
            Tensor centered = plan.Shape.IsCentered ? g - g.Mean(plan.Axes, keepDims: true) : g;
            gradients[0] = ((centered - normalized * product) * scale).Reshape(x.Shape);
        }
        if (gradients.Length > 2 && NeedsGradient(2))
            gradients[2] = (dy * normalized.Reshape(x.Shape)).SumTo(broadcast).Reshape(plan.WeightShape);
        if (gradients.Length > 3 && NeedsGradient(3))
            gradients[3] = dy.SumTo(broadcast).Reshape(plan.WeightShape);
    }

    /// <summary>With the groups of channels on an axis of their own.</summary>
    private Tensor Grouped(Tensor x) => plan.Groups == 0
        ? x
        : x.Reshape(Shape.OfChecked([x.Shape[0], plan.Groups, x.Shape[1] / plan.Groups, .. x.Shape.Span[2..]]));
}

/// <summary>Mean and variance of each group.</summary>
internal sealed class NormalizationMomentsOp(NormalizationPlan plan) : ConstantOp
{
    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        Require.FloatingPoint(this, inputs[0].DType);
        return new(Layout.Contiguous(plan.StatisticsShape), inputs[0].DType);
    }

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
            Launch<float>(backend, inputs[0], output);
        else
            Launch<double>(backend, inputs[0], output);
    }

    private void Launch<T>(IComputeBackend backend, Tensor x, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> elements = plan.Read(backend, x, out Scratch<T> copy);
        backend.Moments(elements, plan.Shape, output.View<T>());
        copy.Dispose();
    }
}

/// <summary>The gradients of bias and weight, [2, columns], from dy, x and the statistics.</summary>
internal sealed class NormalizationSumsOp(NormalizationPlan plan) : ConstantOp
{
    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        Require.FloatingPoint(this, Require.SameDType(this, inputs[0], inputs[1]));
        Require.SameDType(this, inputs[0], inputs[2]);
        return new(Layout.Contiguous(new Shape(2, plan.Shape.Columns)), inputs[0].DType);
    }

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
            Launch<float>(backend, inputs, output);
        else
            Launch<double>(backend, inputs, output);
    }

    private void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> dy = plan.Read(backend, inputs[0], out Scratch<T> dyCopy);
        View<T> x = plan.Read(backend, inputs[1], out Scratch<T> xCopy);
        View<T> statistics = Parameters.Read(backend, inputs[2], out Scratch<T> statisticsCopy);
        backend.NormalizationSums(dy, x, statistics, plan.Shape, output.View<T>());
        dyCopy.Dispose();
        xCopy.Dispose();
        statisticsCopy.Dispose();
    }
}

/// <summary>The gradient of x, from dy, x, the statistics, the sums and perhaps the weight.</summary>
internal sealed class NormalizationGradOp(NormalizationPlan plan) : ConstantOp
{
    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        foreach (Tensor input in inputs)
            Require.SameDType(this, inputs[0], input);
        Require.FloatingPoint(this, inputs[0].DType);
        return new(plan.Arrange(inputs[1].Shape), inputs[0].DType);
    }

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
            Launch<float>(backend, inputs, output);
        else
            Launch<double>(backend, inputs, output);
    }

    private void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> dy = plan.Read(backend, inputs[0], out Scratch<T> dyCopy);
        View<T> x = plan.Read(backend, inputs[1], out Scratch<T> xCopy);
        View<T> statistics = Parameters.Read(backend, inputs[2], out Scratch<T> statisticsCopy);
        View<T> sums = Parameters.Read(backend, inputs[3], out Scratch<T> sumsCopy);
        View<T>? weight = inputs.Length > 4 ? Parameters.Read(backend, inputs[4], plan.WeightLayout, out Scratch<T> weightCopy) : Parameters.None(out weightCopy);
        backend.NormalizationGradient(dy, x, statistics, weight, sums, plan.Shape, output.View<T>());
        dyCopy.Dispose();
        xCopy.Dispose();
        statisticsCopy.Dispose();
        sumsCopy.Dispose();
        weightCopy.Dispose();
    }
}

/// <summary>Small operands, which the kernels need contiguous.</summary>
file static class Parameters
{
    public static View<T> Read<T>(IComputeBackend backend, Tensor parameter, out Scratch<T> copy)
        where T : unmanaged => Read(backend, parameter, Layout.Contiguous(parameter.Shape), out copy);

    public static View<T> Read<T>(IComputeBackend backend, Tensor parameter, Layout layout, out Scratch<T> copy)
        where T : unmanaged
    {
        copy = default;
        if (parameter.Layout.SameOrderAs(layout))
            return parameter.View<T>();
        copy = new(backend, layout);
        backend.Copy(parameter.View<T>(), copy.View);
        return copy.View;
    }

    public static View<T>? None<T>(out Scratch<T> copy)
        where T : unmanaged
    {
        copy = default;
        return null;
    }
}
