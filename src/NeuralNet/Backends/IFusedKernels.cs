using System.Numerics;

namespace NeuralNet.Backends;

/// <summary>
/// Several steps in one pass over rows, which stay in the cache meanwhile: an optional capability of a backend, found with <c>is</c>. Each
/// member computes what the other kernels compute step by step. Along the axis, elements of floating-point operands are neighbours in memory.
/// </summary>
internal interface IFusedKernels
{
    /// <summary>y = e^(x − m)/Σ e^(x − m) along the axis, m being the largest element.</summary>
    void Softmax<T>(View<T> x, int axis, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>y = x − m − ln Σ e^(x − m) along the axis, m being the largest element.</summary>
    void LogSoftmax<T>(View<T> x, int axis, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>dx = y·(dy − Σ dy·y) along the axis.</summary>
    void SoftmaxGradient<T>(View<T> y, View<T> dy, int axis, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>dx = dy − e^y·Σ dy along the axis.</summary>
    void LogSoftmaxGradient<T>(View<T> y, View<T> dy, int axis, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>
    /// y = m + ln Σ e^(x − m) − x[target] along the axis, which target and y have at size 1; 0 where the target is the one to ignore.
    /// </summary>
    void CrossEntropy<T>(View<T> x, int axis, View<long> target, long ignoreIndex, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>dx = dy·(softmax x − 1 at the target) along the axis, which target and dy have at size 1; 0 where it is ignored.</summary>
    void CrossEntropyGradient<T>(View<T> x, int axis, View<long> target, long ignoreIndex, View<T> dy, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
