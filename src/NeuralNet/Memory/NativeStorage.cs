namespace NeuralNet.Memory;

/// <summary>A block of the pool. If it is collected unreleased, its finalizer hands it to the pool's list of orphans.</summary>
internal sealed class NativeStorage : CpuStorage, IPooledStorage
{
    private readonly BufferPool _pool;
    private readonly nint _block;
    private readonly int _sizeClass;
    private int _returned;

    public NativeStorage(BufferPool pool, nint block, long byteLength, int sizeClass)
        : base(block, byteLength)
    {
        _pool = pool;
        _block = block;
        _sizeClass = sizeClass;
    }

    ~NativeStorage()
    {
        // Finalizers of unreachable objects run in any order: another that uses its tensor from now on must not reach the block.
        Abandon();
        _pool.AddOrphan(this);
    }

    public IPooledStorage? NextOrphan { get; set; }

    public void ReturnBlock()
    {
        if (Interlocked.Exchange(ref _returned, 1) == 0)
            _pool.Return(_block, _sizeClass);
    }

    protected override void Release()
    {
        GC.SuppressFinalize(this);
        ReturnBlock();
    }
}
