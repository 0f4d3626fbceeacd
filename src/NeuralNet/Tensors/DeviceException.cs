namespace NeuralNet;

/// <summary>
/// Thrown when tensors of different devices meet, or a device cannot do what was asked; the message says which <c>To</c> helps.
/// </summary>
public sealed class DeviceException : ArgumentException, ILayerError
{
    /// <summary>Creates the exception with its message.</summary>
    public DeviceException(string message) : base(message)
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
