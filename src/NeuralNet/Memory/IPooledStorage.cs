namespace NeuralNet.Memory;

/// <summary>A storage whose block belongs to a <see cref="BufferPool"/>.</summary>
internal interface IPooledStorage
{
    /// <summary>The next in the pool's list of orphans.</summary>
    IPooledStorage? NextOrphan { get; set; }

    /// <summary>Returns the block, once.</summary>
    void ReturnBlock();
}
