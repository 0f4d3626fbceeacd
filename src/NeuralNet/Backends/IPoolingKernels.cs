using System.Numerics;

namespace NeuralNet.Backends;

/// <summary>
/// Windows of batches of images [N, C, …] with one to three spatial axes, each turned into one element. Inputs have any layout, results
/// are channels-last.
/// </summary>
internal interface IPoolingKernels
{
    /// <summary>y = the largest element of each window; NaN is larger than all numbers. −∞ where a window has none.</summary>
    void MaxPool<T>(View<T> x, PoolingAxis[] axes, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>y = the position of that element, the first of equal ones, in the logical order of the spatial axes.</summary>
    void MaxPoolIndices<T>(View<T> x, PoolingAxis[] axes, View<long> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>dx = for each element the sum of dy over the windows of x in which it is the largest, the first of equal ones.</summary>
    void MaxPoolGradient<T>(View<T> dy, View<T> x, PoolingAxis[] axes, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>y = the sum over each window, divided by the product of its lengths.</summary>
    void AveragePool<T>(View<T> x, PoolingAxis[] axes, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>dx = for each element the sum over its windows of dy, divided by the product of their lengths.</summary>
    void AveragePoolGradient<T>(View<T> dy, PoolingAxis[] axes, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
