using System.Runtime.InteropServices;

namespace NeuralNet.Memory;

/// <summary>A block of host memory: an ordinary array where it is small, pooled native memory where it is large.</summary>
internal abstract unsafe class CpuStorage : Storage
{
    private byte[]? _array;
    private readonly nint _pointer;

    protected CpuStorage(byte[] array, int byteLength)
    {
        _array = array;
        ByteLength = byteLength;
    }

    protected CpuStorage(nint pointer, long byteLength)
    {
        _pointer = pointer;
        ByteLength = byteLength;
    }

    public override long ByteLength { get; }

    /// <summary>The first byte. Pin it (<c>fixed</c>) to take its address; native memory is not moved by that.</summary>
    public ref byte Reference => ref _array is not null ? ref MemoryMarshal.GetArrayDataReference(_array) : ref *(byte*)_pointer;

    /// <summary>Gives the array up, when the last owner let go: a use of the storage from now on fails, and reads no other tensor.</summary>
    protected byte[] TakeArray()
    {
        byte[] array = _array!;
        _array = null;
        return array;
    }
}
