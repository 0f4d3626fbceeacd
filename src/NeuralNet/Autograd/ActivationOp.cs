using System.Numerics;
using NeuralNet.Backends;
using NeuralNet.Memory;

namespace NeuralNet;

/// <summary>A <see cref="FloatingUnaryOp"/> whose gradient takes one pass.</summary>
internal abstract class ActivationOp : FloatingUnaryOp, IActivation
{
    protected sealed override Saves Saves => Saves.First;

    public abstract void LaunchGradient<T>(IComputeBackend backend, View<T> dy, View<T> x, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>;

    public abstract Tensor ComposeGradient(Tensor dy, Tensor x);

    protected sealed override Tensor Backward(Tensor dy, Tensor x, Tensor y) => Apply(new ActivationGradOp(this), dy, x);
}

/// <summary>dx = dy·f′(x), in one pass.</summary>
internal sealed class ActivationGradOp(IActivation activation) : FloatingBinaryOp
{
    protected override Saves Saves => Saves.First | Saves.Second;

    protected override void Launch<T>(IComputeBackend backend, View<T> a, View<T> b, View<T> y) =>
        activation.LaunchGradient(backend, a, b, y);

    protected override (Tensor? A, Tensor? B) Backward(Tensor dy, Tensor a, Tensor b, Tensor y) =>
        (NeedsGradient(0) ? Apply(new ActivationGradOp(activation), dy, b) : null, NeedsGradient(1) ? Curvature(dy, a, b) : null);

    /// <summary>
    /// The gradient of x, from that of dx: by a backward pass through what <see cref="IActivation.ComposeGradient"/> makes.
    /// </summary>
    private Tensor? Curvature(Tensor gradient, Tensor dy, Tensor x)
    {
        bool createGraph = AmbientContext.GradientsEnabled;
        using Autograd.Mode mode = Autograd.EnableGrad();
        // Of a node of its own, since dy may depend on x too, which is the gradient of dy's affair.
        Tensor point = createGraph ? Apply(new ExpandOp(x.Shape), x) : x.Detach().RequireGrad();
        Tensor dx = activation.ComposeGradient(createGraph ? dy : dy.Detach(), point);
        // A function of straight pieces has no second derivative.
        return dx.RequiresGrad ? Gradients.Of(dx, point, gradient, createGraph: createGraph) : null;
    }
}
