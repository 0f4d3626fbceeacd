namespace NeuralNet.Memory;

/// <summary>Where a pool takes its blocks from. The pool calls it from any thread.</summary>
internal interface IBlockSource
{
    /// <summary>Takes a block.</summary>
    /// <returns>What names the block, not 0.</returns>
    /// <exception cref="OutOfMemoryException">There is no such block.</exception>
    nint Allocate(long byteLength);

    /// <summary>Gives a block back for good.</summary>
    void Free(nint block);

    /// <summary>Gives up what holds blocks and was found unreachable, beside tensors: the collector has just run.</summary>
    void ReleaseUnreachable()
    {
    }
}
