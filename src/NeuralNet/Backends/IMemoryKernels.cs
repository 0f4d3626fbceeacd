using NeuralNet.Memory;

namespace NeuralNet.Backends;

/// <summary>Allocation, and movement of elements.</summary>
internal interface IMemoryKernels
{
    /// <summary>Takes a block from the pool; its contents are undefined.</summary>
    /// <exception cref="OutOfDeviceMemoryException">The device has no such block left.</exception>
    Storage Allocate(long byteLength);

    /// <summary>Makes a block of one element, for a scalar operand of an op.</summary>
    Storage AllocateScalar<T>(T value) where T : unmanaged;

    /// <summary>Copies host memory into a block, from the byte <paramref name="byteOffset"/> on.</summary>
    void Upload(ReadOnlySpan<byte> source, Storage destination, long byteOffset);

    /// <summary>Copies a block, from the byte <paramref name="byteOffset"/> on, into host memory.</summary>
    void Download(Storage source, long byteOffset, Span<byte> destination);

    /// <summary>y = x, of the same shape, both of any layout that does not overlap itself or the other.</summary>
    void Copy<T>(View<T> x, View<T> y) where T : unmanaged;

    /// <summary>Sets every element of y, which may have any layout.</summary>
    void Fill<T>(T value, View<T> y) where T : unmanaged;

    /// <summary>What this backend's memory holds and did so far.</summary>
    MemoryStatistics Statistics { get; }
}
