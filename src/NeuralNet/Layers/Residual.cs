namespace NeuralNet;

/// <summary>A block with a way around it: y = activation(block(x) + shortcut(x)).</summary>
/// <remarks>Input and output as the block's; both ways give one shape. The names of the parts are <c>block</c>, <c>shortcut</c> and <c>activation</c>. He
/// and others, "Deep residual learning for image recognition", 2016.</remarks>
/// <example>
/// <code>
/// var block = new Residual(
///     new Sequential(new Conv2D(16, 16, 3, padding: 1), new BatchNorm2D(16), new ReLU(), new Conv2D(16, 16, 3, padding: 1), new BatchNorm2D(16)),
///     activation: new ReLU());
/// </code>
/// </example>
public sealed class Residual : Layer
{
    private readonly Layer _block;
    private readonly Layer? _shortcut;
    private readonly Layer? _activation;

    /// <summary>Creates the layer.</summary>
    /// <param name="block">The block.</param>
    /// <param name="shortcut">The way around it; the input itself if left out.</param>
    /// <param name="activation">The function that is applied to the sum, or null.</param>
    public Residual(Layer block, Layer? shortcut = null, Layer? activation = null)
    {
        ArgumentNullException.ThrowIfNull(block);
        (_block, _shortcut, _activation) = (block, shortcut, activation);
    }

    internal override bool IsOfLibrary =>
        base.IsOfLibrary && _block.IsOfLibrary && _shortcut is null or { IsOfLibrary: true } && _activation is null or { IsOfLibrary: true };

    /// <inheritdoc/>
    public override string ToString() =>
        $"Residual({_block}{(_shortcut is null ? "" : $", shortcut {_shortcut}")}{(_activation is null ? "" : $", {_activation}")})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        Tensor through = _block.Forward(x);
        Tensor around = _shortcut?.Forward(x) ?? x;
        if (through.Shape != around.Shape)
            throw new ShapeException($"the block gives {through.Shape}, the shortcut {around.Shape}; input {x.Shape}. Give the shortcut a layer that makes the "
                + "same shape, such as a convolution of 1×1.");
        Tensor sum = through + around;
        Branches.End(_block, x, through);
        if (_shortcut is not null && !ReferenceEquals(around, through))
            Branches.End(_shortcut, x, around);
        return _activation is null ? sum : LayerArguments.Activate(_activation, sum);
    }

    /// <inheritdoc/>
    protected override Layer Fuse() => new Residual(_block.FuseForInference(), _shortcut?.FuseForInference(), _activation);
}
