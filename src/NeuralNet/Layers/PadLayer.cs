namespace NeuralNet;

/// <summary>What the layers that put elements around images share.</summary>
public abstract class PadLayer : Layer
{
    private readonly int _spatialAxes;
    private readonly long[] _given;

    private protected PadLayer(int spatialAxes, ReadOnlySpan<long> padding)
    {
        _spatialAxes = spatialAxes;
        _given = padding.ToArray();
        if (padding.Length != 1 && padding.Length != 2 * spatialAxes)
            throw new ArgumentException($"{GetType().Name}: {padding.Length} widths [{string.Join(", ", _given)}]. Give 1 for all sides, or {2 * spatialAxes}: "
                + $"{string.Join(", ", new[] { "left", "right", "top", "bottom", "front", "back" }[..(2 * spatialAxes)])}.", nameof(padding));
        Widths = padding.Length == 1 ? [.. Enumerable.Repeat(_given[0], 2 * spatialAxes)] : _given;
    }

    /// <summary>The widths in pairs from the last axis on.</summary>
    private protected long[] Widths { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name}({string.Join(", ", _given)})";

    /// <inheritdoc/>
    protected sealed override Tensor Compute(Tensor x)
    {
        LayerArguments.RequireAxes(x, _spatialAxes);
        return Pad(x);
    }

    private protected abstract Tensor Pad(Tensor x);
}
