using System.Runtime.InteropServices;

namespace NeuralNet.Memory;

/// <summary>Aligned blocks of host memory, outside of the collector's reach.</summary>
internal sealed unsafe class NativeBlocks : IBlockSource
{
    public nint Allocate(long byteLength) => (nint)NativeMemory.AlignedAlloc((nuint)byteLength, BufferPool.Alignment);

    public void Free(nint block) => NativeMemory.AlignedFree((void*)block);
}
