namespace NeuralNet;

/// <summary>Thrown when the memory of a device is exhausted.</summary>
public sealed class OutOfDeviceMemoryException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="device">The name of the device.</param>
    /// <param name="requestedBytes">The size of the request that failed, in bytes.</param>
    /// <param name="liveBytes">The bytes in use on the device.</param>
    public OutOfDeviceMemoryException(string device, long requestedBytes, long liveBytes)
        : base($"{device}: out of memory. {Readable(requestedBytes)} were asked for while {Readable(liveBytes)} are in use. Use "
            + "smaller batches or shapes, or end tensors earlier with a TensorScope.")
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
