namespace NeuralNet;

/// <summary>Computes gradients as values, without touching <see cref="Tensor.Grad"/>.</summary>
public static partial class Gradients
{
    /// <summary>Computes the gradients of a tensor with respect to others, which need not be leaves.</summary>
    /// <param name="y">The tensor to differentiate; a scalar unless <paramref name="gradient"/> is given.</param>
    /// <param name="xs">What to differentiate with respect to; each requires a gradient.</param>
    /// <param name="gradient">The gradient with respect to <paramref name="y"/>, of its shape; 1 if left out.</param>
    /// <param name="retainGraph">Whether a further backward pass can run over the same graph.</param>
    /// <param name="createGraph">Whether the gradients are recorded, so that they can be differentiated again. It implies
    /// <paramref name="retainGraph"/>.</param>
    /// <returns>One gradient for each of <paramref name="xs"/>, of its shape; zeros where <paramref name="y"/> does not depend on
    /// it.</returns>
    /// <exception cref="InvalidOperationException">See <see cref="Tensor.Backward"/>; or one of <paramref name="xs"/> requires no
    /// gradient.</exception>
    /// <exception cref="ShapeException">The gradient given, or one that a hook returned, has another shape than its tensor.</exception>
    /// <exception cref="DTypeException">It has another dtype.</exception>
    /// <exception cref="DeviceException">It is on another device.</exception>
    /// <exception cref="ObjectDisposedException">A tensor was ended by its scope.</exception>
    public static Tensor[] Of(Tensor y, ReadOnlySpan<Tensor> xs, Tensor? gradient = null, bool retainGraph = false, bool createGraph = false)
    {
        Tensor?[] found = BackwardPass.Run(y, xs, gradient, retainGraph, createGraph);
        Tensor[] gradients = new Tensor[found.Length];
        for (int i = 0; i < found.Length; i++)
            gradients[i] = found[i] ?? Tensor.ZerosLike(xs[i]);
        return gradients;
    }

    /// <summary>
    /// Computes the gradient of a tensor with respect to one other; see
    /// <see cref="Of(Tensor, ReadOnlySpan{Tensor}, Tensor?, bool, bool)"/>.
    /// </summary>
    public static Tensor Of(Tensor y, Tensor x, Tensor? gradient = null, bool retainGraph = false, bool createGraph = false) =>
        Of(y, [x], gradient, retainGraph, createGraph)[0];
}
