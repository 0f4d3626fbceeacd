using System.Collections;

namespace NeuralNet;

/// <summary>Layers that run one after the other.</summary>
/// <remarks>
/// The names of the parts are their positions: <c>0.weight</c>. What passes between two layers of the library is freed as soon as it was
/// used, and a
/// <see cref="ReLU"/>, <see cref="Tanh"/> or <see cref="Sigmoid"/> behind a <see cref="Dense"/> or a convolution is applied to the result
/// of that in place, with the same bits.
/// </remarks>
/// <example>
/// <code>
/// var model = new Sequential(
///     new Flatten(),
///     new Dense(784, 128),
///     new ReLU(),
///     new Dense(128, 10));
/// </code>
/// </example>
public sealed class Sequential : Layer, IReadOnlyList<Layer>
{
    [StateName("")]
    private readonly Layer[] _layers;

    /// <summary>Creates the chain.</summary>
    /// <exception cref="ArgumentException">A layer is null.</exception>
    public Sequential(params ReadOnlySpan<Layer> layers)
    {
        _layers = layers.ToArray();
        int missing = Array.IndexOf(_layers, null);
        if (missing >= 0)
            throw new ArgumentException($"Sequential: layer {missing} of {_layers.Length} is null. Leave it out, or use "
                + "Identity.", nameof(layers));
    }

    /// <summary>Gets the number of layers.</summary>
    public int Count => _layers.Length;

    internal override bool IsOfLibrary => base.IsOfLibrary && Array.TrueForAll(_layers, static layer => layer.IsOfLibrary);

    /// <summary>Gets a layer.</summary>
    public Layer this[int index] => _layers[index];

    /// <inheritdoc/>
    public IEnumerator<Layer> GetEnumerator() => ((IEnumerable<Layer>)_layers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"Sequential({string.Join(", ", (IEnumerable<Layer>)_layers)})";

    /// <inheritdoc/>
    protected override Layer Fuse()
    {
        List<Layer> fused = [];
        foreach (Layer layer in _layers)
        {
            if (layer is Dropout or Identity && !layer.HasHooks)
                continue;
            if (layer is BatchNormLayer { HasHooks: false } norm && norm.ChannelFactors() is { } factors
                && fused is [.., WindowLayer { CanTakeChannelFactors: true } convolution])
            {
                fused[^1] = convolution.WithChannelFactors(factors.Scale, factors.Shift);
            }
            else
            {
                fused.Add(layer.FuseForInference());
            }
        }
        return new Sequential([.. fused]);
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        Tensor current = x;
        bool isTemporary = false;
        for (int i = 0; i < _layers.Length; i++)
        {
            Layer layer = _layers[i];
            Tensor next;
            if (layer.TakesActivation && i + 1 < _layers.Length && _layers[i + 1] is { HasHooks: false, ResultActivation: { } function } follower)
            {
                next = FusedPair.Forward(layer, follower, function, current);
                layer = follower;
                i++;
            }
            else
            {
                next = layer.Forward(current);
            }
            // A user's layer may keep what it sees.
            isTemporary &= layer.IsOfLibrary;
            if (ReferenceEquals(next, current))
                continue;
            if (isTemporary)
                current.End();
            current = next;
            isTemporary = layer.IsOfLibrary && !ReferenceEquals(next, x);
        }
        return current;
    }
}
