using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NeuralNet.Backends;

namespace NeuralNet.Memory;

/// <summary>
/// Moves elements between host memory and a device. A span of bytes ends at 2 GiB, spans of elements do not, hence the parts.
/// </summary>
internal static class HostTransfer
{
    private const int PartBytes = 1 << 30;

    /// <summary>Copies elements into a block, from the byte <paramref name="offset"/> on.</summary>
    public static void Upload<T>(IComputeBackend backend, ReadOnlySpan<T> source, Storage destination, long offset, int partBytes = PartBytes)
        where T : unmanaged
    {
        for (int part = partBytes / Unsafe.SizeOf<T>(); !source.IsEmpty; offset += partBytes)
        {
            int count = Math.Min(part, source.Length);
            backend.Upload(MemoryMarshal.AsBytes(source[..count]), destination, offset);
            source = source[count..];
        }
    }

    /// <summary>Copies a block, from the byte <paramref name="offset"/> on, into elements.</summary>
    public static void Download<T>(IComputeBackend backend, Storage source, long offset, Span<T> destination, int partBytes = PartBytes)
        where T : unmanaged
    {
        for (int part = partBytes / Unsafe.SizeOf<T>(); !destination.IsEmpty; offset += partBytes)
        {
            int count = Math.Min(part, destination.Length);
            backend.Download(source, offset, MemoryMarshal.AsBytes(destination[..count]));
            destination = destination[count..];
        }
    }
}
