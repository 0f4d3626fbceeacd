namespace NeuralNet;

/// <summary>Thrown when an operation does not take the dtype of a tensor, or dtypes are mixed; the message says which cast helps.</summary>
public sealed class DTypeException : ArgumentException, ILayerError
{
    /// <summary>Creates the exception with its message.</summary>
    public DTypeException(string message) : base(message)
    {
    }

    /// <summary>
    /// Gets the path and type of the layer in which it happened, such as <c>encoder.2 (Dense)</c>; null outside of layers.
    /// </summary>
    public string? LayerPath { get; private set; }

    /// <inheritdoc/>
    public override string Message => LayerPath is null ? base.Message : $"{LayerPath}: {base.Message}";

    string? ILayerError.LayerPath
    {
        get => LayerPath;
        set => LayerPath = value;
    }
}
