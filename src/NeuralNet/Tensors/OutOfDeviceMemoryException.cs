namespace NeuralNet;

/// <summary>Thrown when the memory of a device is exhausted.</summary>
public sealed class OutOfDeviceMemoryException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="device">The name of the device.</param>
    /// <param name="requestedBytes">The size of the request that failed, in bytes.</param>
    /// <param name="liveBytes">The bytes that tensors use on the device.</param>
    /// <param name="cachedBytes">The bytes that are kept for reuse.</param>
    /// <param name="innerException">What the system or the driver said, or null.</param>
    public OutOfDeviceMemoryException(string device, long requestedBytes, long liveBytes, long cachedBytes, Exception? innerException = null)
        : base(
            $"{device}: out of memory. {Readable(requestedBytes)} were asked for while {Readable(liveBytes)} are in use and {Readable(cachedBytes)} kept "
                + "for reuse. Use smaller batches or shapes, or end tensors earlier with a TensorScope.",
            innerException)
    {
        Device = device;
        RequestedBytes = requestedBytes;
        LiveBytes = liveBytes;
        CachedBytes = cachedBytes;
    }

    /// <summary>Gets the name of the device.</summary>
    public string Device { get; }

    /// <summary>Gets the size of the request that failed, in bytes.</summary>
    public long RequestedBytes { get; }

    /// <summary>Gets the bytes that were in use.</summary>
    public long LiveBytes { get; }

    /// <summary>Gets the bytes that were kept for reuse: what was left after all that could be given back had been.</summary>
    public long CachedBytes { get; }

    private static string Readable(long bytes) => bytes switch
    {
        >= 10L << 30 => $"{bytes >> 30} GiB",
        >= 10L << 20 => $"{bytes >> 20} MiB",
        _ => $"{bytes} bytes",
    };
}
