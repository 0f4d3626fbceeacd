namespace NeuralNet;

/// <summary>Thrown when the shapes of tensors do not fit an operation; the message has the shapes and the way out.</summary>
public sealed class ShapeException : ArgumentException, ILayerError
{
    /// <summary>Creates the exception with its message.</summary>
    public ShapeException(string message) : base(message)
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
