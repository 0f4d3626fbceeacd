using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>A function of one element whose derivative is one formula of its argument, so that the gradient takes one pass.</summary>
internal interface IActivation
{
    /// <summary>dx = dy·f′(x), by a kernel.</summary>
    void LaunchGradient<T>(IComputeBackend backend, View<T> dy, View<T> x, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The same by other operations, whose gradients are the higher derivatives.</summary>
    Tensor ComposeGradient(Tensor dy, Tensor x);
}
