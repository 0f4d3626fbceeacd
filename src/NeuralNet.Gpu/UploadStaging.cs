using ILGPU.Runtime;

namespace NeuralNet.Backends.Gpu;

/// <summary>
/// Page-locked host memory through which data go to a device, which copies them when it comes to it, while the host goes on. Filled from its start to its end, and
/// from its start again once the device has done everything. Callers hold the lock of the device.
/// </summary>
internal sealed class UploadStaging(Accelerator accelerator, AcceleratorStream stream)
{
    /// <summary>Larger data are copied from where they are, and waited for: that they are copied twice would cost more.</summary>
    public const int LargestBytes = 8 << 20;

    private const int Capacity = 4 * LargestBytes;

    private PageLockedArray1D<byte>? _memory;
    private int _used;

    /// <summary>Copies data to where they stay until the device has fetched them.</summary>
    public Span<byte> Stage(ReadOnlySpan<byte> source)
    {
        _memory ??= accelerator.AllocatePageLocked1D<byte>(Capacity, uninitialized: true);
        if (source.Length > Capacity - _used)
        {
            stream.Synchronize();
            _used = 0;
        }
        Span<byte> staged = _memory.Span.Slice(_used, source.Length);
        source.CopyTo(staged);
        // Starts of cache lines, as devices like them.
        _used = Math.Min(Capacity, (_used + source.Length + 63) & ~63);
        return staged;
    }

    /// <summary>The device has done everything: nothing is waiting here.</summary>
    public void Reset() => _used = 0;
}
