namespace NeuralNet;

/// <summary>Thrown when the shapes of tensors do not fit an operation; the message has the shapes and the way out.</summary>
public sealed class ShapeException : ArgumentException, ILayerError
{
    /// <summary>Creates the exception with its message.</summary>
    public ShapeException(string message) : base(message)
    {
    }

    /// <summary>Gets the path and type of the layer in which it happened, such as <c>encoder.2 (Dense)</c>; null outside of layers.</summary>
    public string? LayerPath { get; private set; }

    /// <inheritdoc/>
    public override string Message => LayerPath is null ? base.Message : $"{LayerPath}: {base.Message}";

    string? ILayerError.LayerPath
    {
        get => LayerPath;
        set => LayerPath = value;
    }
}

/// <summary>Thrown when an operation does not take the dtype of a tensor, or dtypes are mixed; the message says which cast helps.</summary>
public sealed class DTypeException : ArgumentException, ILayerError
{
    /// <summary>Creates the exception with its message.</summary>
    public DTypeException(string message) : base(message)
    {
    }

    /// <summary>Gets the path and type of the layer in which it happened, such as <c>encoder.2 (Dense)</c>; null outside of layers.</summary>
    public string? LayerPath { get; private set; }

    /// <inheritdoc/>
    public override string Message => LayerPath is null ? base.Message : $"{LayerPath}: {base.Message}";

    string? ILayerError.LayerPath
    {
        get => LayerPath;
        set => LayerPath = value;
    }
}

/// <summary>Thrown when tensors of different devices meet, or a device cannot do what was asked; the message says which <c>To</c> helps.</summary>
public sealed class DeviceException : ArgumentException, ILayerError
{
    /// <summary>Creates the exception with its message.</summary>
    public DeviceException(string message) : base(message)
    {
    }

    /// <summary>Gets the path and type of the layer in which it happened, such as <c>encoder.2 (Dense)</c>; null outside of layers.</summary>
    public string? LayerPath { get; private set; }

    /// <inheritdoc/>
    public override string Message => LayerPath is null ? base.Message : $"{LayerPath}: {base.Message}";

    string? ILayerError.LayerPath
    {
        get => LayerPath;
        set => LayerPath = value;
    }
}

/// <summary>Thrown when the memory of a device is exhausted.</summary>
public sealed class OutOfDeviceMemoryException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="device">The name of the device.</param>
    /// <param name="requestedBytes">The size of the request that failed, in bytes.</param>
    /// <param name="liveBytes">The bytes in use on the device.</param>
    public OutOfDeviceMemoryException(string device, long requestedBytes, long liveBytes)
        : base($"{device}: out of memory. {Readable(requestedBytes)} were asked for while {Readable(liveBytes)} are in use. Use smaller batches or shapes, or end tensors earlier with a TensorScope.")
    {
        Device = device;
        RequestedBytes = requestedBytes;
        LiveBytes = liveBytes;
    }

    /// <summary>Gets the name of the device.</summary>
    public string Device { get; }

    /// <summary>Gets the size of the request that failed, in bytes.</summary>
    public long RequestedBytes { get; }

    /// <summary>Gets the bytes that were in use.</summary>
    public long LiveBytes { get; }

    private static string Readable(long bytes) => bytes switch
    {
        >= 10L << 30 => $"{bytes >> 30} GiB",
        >= 10L << 20 => $"{bytes >> 20} MiB",
        _ => $"{bytes} bytes",
    };
}
