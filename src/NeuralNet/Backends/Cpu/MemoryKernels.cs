using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Cpu;

internal sealed partial class CpuBackend
{
    /// <summary>Up to this size a block is an ordinary array: below, a zeroed array is cheaper than a finalizable object and a pooled block.</summary>
    private const int LargestArray = 1024;

    public MemoryStatistics Statistics => _pool.Statistics;

    public Storage Allocate(long byteLength) =>
        byteLength <= LargestArray ? new ArrayStorage(new byte[byteLength]) : _pool.Rent(byteLength);

    public Storage AllocateScalar<T>(T value)
        where T : unmanaged
    {
        byte[] array = new byte[Unsafe.SizeOf<T>()];
        Unsafe.WriteUnaligned(ref array[0], value);
        return new ArrayStorage(array);
    }

    public void Upload(ReadOnlySpan<byte> source, Storage destination, long byteOffset)
    {
        ref byte start = ref Unsafe.Add(ref Unsafe.As<CpuStorage>(destination).Reference, (nint)byteOffset);
        source.CopyTo(MemoryMarshal.CreateSpan(ref start, source.Length));
    }

    public void Download(Storage source, long byteOffset, Span<byte> destination)
    {
        ref byte start = ref Unsafe.Add(ref Unsafe.As<CpuStorage>(source).Reference, (nint)byteOffset);
        MemoryMarshal.CreateReadOnlySpan(ref start, destination.Length).CopyTo(destination);
    }
}
