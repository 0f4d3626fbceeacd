using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>
/// A function of one element whose derivative is a formula of its value. A product applies it to its own result, in place, and is one node
/// of the graph with it; the bits are those of the operation by itself.
/// </summary>
internal interface IResultActivation
{
    /// <summary>What the kernel of a product applies itself; the rest is up to <see cref="Launch"/>.</summary>
    FusedActivation InKernel { get; }

    /// <summary>Applies the function; x and y may be one.</summary>
    void Launch<T>(IComputeBackend backend, View<T> x, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>dx of the function, from its result.</summary>
    Tensor Gradient(Tensor dy, Tensor y);

    /// <summary>What the kernel of a product with this activation, or with none, applies.</summary>
    static FusedActivation KernelPart(IResultActivation? activation) => activation?.InKernel ?? FusedActivation.None;

    /// <summary>Applies, in place, what the kernel left to do.</summary>
    static void Complete<T>(IResultActivation? activation, IComputeBackend backend, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (activation is { InKernel: FusedActivation.None })
            activation.Launch(backend, y, y);
    }
}
