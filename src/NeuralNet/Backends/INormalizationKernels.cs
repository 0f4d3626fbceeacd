using System.Numerics;

namespace NeuralNet.Backends;

/// <summary>Normalisations of contiguous elements [sets, rows, columns], in several passes of one order whatever the number of workers.</summary>
internal interface INormalizationKernels
{
    /// <summary>statistics [sets, groups, 2] = mean and variance (divided by the number of elements) of each group.</summary>
    void Moments<T>(View<T> x, in NormalizationShape shape, View<T> statistics)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>y = (x − mean)/√(variance + ε)·weight + bias; weight and bias are of [columns], or null.</summary>
    void Normalize<T>(View<T> x, View<T> statistics, View<T>? weight, View<T>? bias, in NormalizationShape shape, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>sums [2, columns] = for each column Σ dy and Σ dy·x̂, x̂ being x normalised: the gradients of bias and weight.</summary>
    void NormalizationSums<T>(View<T> dy, View<T> x, View<T> statistics, in NormalizationShape shape, View<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>
    /// dx = (g − mean(g) − x̂·mean(g·x̂))/√(variance + ε) for g = dy·weight, means over each group. The sums are those of
    /// <see cref="NormalizationSums"/>, read where there is one set of groups of one column.
    /// </summary>
    void NormalizationGradient<T>(
        View<T> dy, View<T> x, View<T> statistics, View<T>? weight, View<T> sums, in NormalizationShape shape, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
