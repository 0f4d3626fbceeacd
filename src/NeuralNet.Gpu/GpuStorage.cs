using ILGPU;
using ILGPU.Runtime;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Gpu;

/// <summary>A block of a GPU's memory. If it is collected unreleased, its finalizer hands it to the pool's list of orphans; it never calls the device.</summary>
internal sealed class GpuStorage(BufferPool pool, nint block, MemoryBuffer buffer, long byteLength, int sizeClass) : Storage, IPooledStorage
{
    private int _returned;

    ~GpuStorage()
    {
        // Finalizers of unreachable objects run in any order: another that uses its tensor from now on must not reach the block.
        Abandon();
        pool.AddOrphan(this);
    }

    public override long ByteLength => byteLength;

    public IPooledStorage? NextOrphan { get; set; }

    /// <summary>The block as elements of a type, from its first byte on.</summary>
    public ArrayView<T> Elements<T>()
        where T : unmanaged => buffer.AsRawArrayView().Cast<T>();

    public void ReturnBlock()
    {
        if (Interlocked.Exchange(ref _returned, 1) == 0)
            pool.Return(block, sizeClass);
    }

    protected override void Release()
    {
        GC.SuppressFinalize(this);
        ReturnBlock();
    }
}
