namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Gets or sets whether a gradient is to be computed with respect to this tensor.</summary>
    /// <remarks>What is computed from a tensor that requires a gradient requires one too, unless gradients are off
    /// (<see cref="Autograd.NoGrad"/>).</remarks>
    /// <exception cref="InvalidOperationException">Set to false on the result of a recorded operation: use
    /// <see cref="Detach"/>.</exception>
    /// <exception cref="DTypeException">Set to true on a dtype without fractions.</exception>
    public bool RequiresGrad
    {
        get => Node is not null;
        set
        {
            if (value == RequiresGrad)
                return;
            if (!value && !IsLeaf)
                throw new InvalidOperationException($"RequiresGrad: this tensor of {Shape} is the result of {Node!.Name} and cannot "
                    + "stop requiring a gradient. Use Detach().");
            if (value && !DType.IsFloatingPoint())
                throw new DTypeException($"RequiresGrad: a tensor of {DType} has no gradient. Use Cast(DType.Float32) first.");
            _ = Storage;
            Node = value ? new LeafNode() : null;
        }
    }

    /// <summary>Gets whether no recorded operation made this tensor, so that its gradient collects in <see cref="Grad"/>.</summary>
    public bool IsLeaf => Node is null or LeafNode;

    /// <summary>
    /// Gets or sets the gradient that <see cref="Backward"/> collected, of this tensor's shape; null before the first. Assign null to start
    /// anew.
    /// </summary>
    /// <remarks>
    /// Later passes add to this very tensor, in place: <see cref="Clone"/> it to keep a value. What is assigned is kept, not copied, unless
    /// it is the gradient of another tensor, or a parameter.
    /// </remarks>
    /// <exception cref="InvalidOperationException">Set on a tensor that is no leaf or requires no gradient.</exception>
    /// <exception cref="ShapeException">Set to a tensor of another shape.</exception>
    /// <exception cref="DTypeException">Set to a tensor of another dtype.</exception>
    /// <exception cref="DeviceException">Set to a tensor on another device.</exception>
    public Tensor? Grad
    {
        get => (Node as LeafNode)?.Gradient;
        set
        {
            if (Node is not LeafNode leaf)
            {
                if (value is null)
                    return;
                throw new InvalidOperationException($"Grad: this tensor of {Shape} collects no gradient. Set RequiresGrad on a tensor "
                    + "that no operation made.");
            }
            if (value is not null)
                Require.Gradient("Grad:", value, "a tensor", this);
            // What is another leaf's gradient already will be added to in place there.
            leaf.Gradient = value is { IsPersistent: true } && !ReferenceEquals(value, leaf.Gradient) ? value.Clone() : value;
        }
    }

    /// <summary>The node that gradients of this tensor flow to: the operation that made it, or its leaf.</summary>
    internal GraphNode? Node { get; set; }

    /// <summary>
    /// Sets <see cref="RequiresGrad"/> and returns this tensor, to be chained: <c>var w = Tensor.Randn([3]).RequireGrad();</c>.
    /// </summary>
    public Tensor RequireGrad(bool value = true)
    {
        RequiresGrad = value;
        return this;
    }

    /// <summary>Makes a view of the same data that no gradient flows through.</summary>
    public Tensor Detach() => Alias(Layout);

    /// <summary>Adds a function that is called with the gradient of this tensor when a backward pass has computed it.</summary>
    /// <param name="hook">Sees the gradient; returns a replacement of the same shape, or null to leave it.</param>
    /// <returns>Removes the hook when disposed.</returns>
    /// <remarks>The backward pass throws where a hook returns a tensor of another shape, dtype or device.</remarks>
    /// <exception cref="InvalidOperationException">The tensor requires no gradient.</exception>
    public IDisposable OnGradient(Func<Tensor, Tensor?> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        GraphNode node = Node
            ?? throw new InvalidOperationException($"OnGradient: this tensor of {Shape} requires no gradient. Set RequiresGrad, or "
                + "compute it from one that does.");
        return node.AddHook(hook);
    }

    /// <summary>
    /// Computes the gradients of this tensor with respect to all leaves that require one, and adds them to their <see cref="Grad"/>.
    /// </summary>
    /// <param name="gradient">The gradient with respect to this tensor, of its shape; may be left out for a single element, and is 1
    /// then.</param>
    /// <param name="retainGraph">Whether what operations saved is kept, so that a further backward pass can run.</param>
    /// <param name="createGraph">Whether the gradients are recorded, so that they can be differentiated again. It implies
    /// <paramref name="retainGraph"/>.</param>
    /// <exception cref="InvalidOperationException">
    /// The tensor requires no gradient, has several elements and no gradient was given, the graph was used up by an earlier pass, or a
    /// saved tensor was written since.
    /// </exception>
    /// <exception cref="ShapeException">The gradient given, or one that a hook returned, has another shape than its tensor.</exception>
    /// <exception cref="DTypeException">It has another dtype.</exception>
    /// <exception cref="DeviceException">It is on another device.</exception>
    /// <exception cref="ObjectDisposedException">This tensor was ended by its scope.</exception>
    public void Backward(Tensor? gradient = null, bool retainGraph = false, bool createGraph = false) =>
        BackwardPass.Run(this, gradient, retainGraph, createGraph);
}
