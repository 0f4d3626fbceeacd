using System.Runtime.InteropServices;

namespace NeuralNet.Memory;

/// <summary>A block of host memory: an ordinary array where it is small, pooled native memory where it is large.</summary>
internal abstract unsafe class CpuStorage : Storage
{
    private readonly byte[]? _array;
    private readonly nint _pointer;

    protected CpuStorage(byte[] array)
    {
        _array = array;
        ByteLength = array.Length;
    }

    protected CpuStorage(nint pointer, long byteLength)
    {
        _pointer = pointer;
        ByteLength = byteLength;
    }

    public override long ByteLength { get; }

    /// <summary>The first byte. Pin it (<c>fixed</c>) to take its address; native memory is not moved by that.</summary>
    public ref byte Reference => ref _array is not null ? ref MemoryMarshal.GetArrayDataReference(_array) : ref *(byte*)_pointer;
}
