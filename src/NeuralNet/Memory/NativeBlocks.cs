using System.Runtime.InteropServices;

namespace NeuralNet.Memory;

/// <summary>Aligned blocks of host memory, outside of the collector's reach.</summary>
internal sealed unsafe class NativeBlocks : IBlockSource
{
    public nint Allocate(long byteLength)
    {
        if (byteLength < HugePages.Size || !HugePages.AreOffered)
            return (nint)NativeMemory.AlignedAlloc((nuint)byteLength, BufferPool.Alignment);
        nint block = (nint)NativeMemory.AlignedAlloc((nuint)byteLength, (nuint)HugePages.Size);
        HugePages.AskFor(block, byteLength);
        return block;
    }

    public void Free(nint block) => NativeMemory.AlignedFree((void*)block);
}
