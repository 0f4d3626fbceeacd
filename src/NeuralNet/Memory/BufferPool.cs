using System.Diagnostics;

namespace NeuralNet.Memory;

/// <summary>
/// A device's memory in size classes, with free lists. The garbage collector does not see that memory, so the pool asks it for
/// unreachable tensors itself, when its <see cref="CollectionPolicy"/> says so.
/// </summary>
/// <param name="device">The name of the device, for messages.</param>
/// <param name="source">Where blocks come from.</param>
internal sealed class BufferPool(string device, IBlockSource source)
{
    /// <summary>Blocks start at multiples of this.</summary>
    public const int Alignment = SizeClasses.Unit;

    /// <summary>Bytes in free blocks that are kept for reuse, at the least.</summary>
    private const long LeastCache = 128L << 20;

    /// <summary>How long a thread waits for another's collection at the most. None lasts so long, but a finalizer of the user's may wait for a lock of this thread.</summary>
    private static readonly TimeSpan _mostPatience = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _isIdle = new(initialState: true);
    private readonly List<Stack<nint>> _free = [];
    private readonly CollectionPolicy _policy = new();
    private IPooledStorage? _orphans;
    private bool _isCollecting;
    private long _liveBytes;
    private long _cachedBytes;
    private long _allocations;
    private long _allocatedBytes;
    private long _collections;

    /// <summary>Makes a pool of aligned host memory.</summary>
    public BufferPool(string device = "cpu")
        : this(device, new NativeBlocks())
    {
    }

    public MemoryStatistics Statistics
    {
        get
        {
            DrainOrphans();
            lock (_lock)
                return new(_liveBytes, _cachedBytes, _allocations, _allocatedBytes, _collections);
        }
    }

    /// <summary>Takes a block of at least this many bytes of host memory.</summary>
    /// <exception cref="OutOfDeviceMemoryException">The operating system has no such block.</exception>
    public NativeStorage Rent(long byteLength)
    {
        nint block = RentBlock(byteLength, out int sizeClass);
        return new(this, block, byteLength, sizeClass);
    }

    /// <summary>Takes a block of at least this many bytes.</summary>
    /// <exception cref="OutOfDeviceMemoryException">The source has no such block.</exception>
    public nint RentBlock(long byteLength, out int sizeClass)
    {
        sizeClass = SizeClasses.Of(byteLength);
        DrainOrphans();
        nint block = TryTakeFree(sizeClass, out Generations collect, out bool waits);
        if (collect != Generations.None || waits)
        {
            if (waits)
                _isIdle.Wait(_mostPatience);
            else
                Collect(collect, sizeClass);
            block = TryTakeFree(sizeClass, out _, out _, mayCollect: false);
        }
        return block == 0 ? AllocateFresh(sizeClass, byteLength) : block;
    }

    /// <summary>Gives all free blocks back for good.</summary>
    public void FreeCached()
    {
        DrainOrphans();
        FreeCached(0);
    }

    /// <summary>Puts a block into its free list.</summary>
    public void Return(nint block, int sizeClass)
    {
        long classBytes = SizeClasses.BytesOf(sizeClass);
        lock (_lock)
        {
            _liveBytes -= classBytes;
            _cachedBytes += classBytes;
            _policy.Count(sizeClass, -1);
            FreeList(sizeClass).Push(block);
        }
    }

    /// <summary>Called by a finalizer, which must not wait: links the storage into a list that the next allocation empties.</summary>
    public void AddOrphan(IPooledStorage storage)
    {
        IPooledStorage? head;
        do
        {
            head = Volatile.Read(ref _orphans);
            storage.NextOrphan = head;
        }
        while (Interlocked.CompareExchange(ref _orphans, storage, head) != head);
    }

    private Stack<nint> FreeList(int sizeClass)
    {
        while (_free.Count <= sizeClass)
            _free.Add(new());
        return _free[sizeClass];
    }

    /// <summary>Takes a free block, unless there is none or a collection is due before.</summary>
    /// <param name="sizeClass">The size.</param>
    /// <param name="collect">What is to be collected by the caller, who then tries again.</param>
    /// <param name="waits">Whether another thread collects at the moment and the caller should try again after that.</param>
    /// <param name="mayCollect">Whether a collection is an answer.</param>
    private nint TryTakeFree(int sizeClass, out Generations collect, out bool waits, bool mayCollect = true)
    {
        long classBytes = SizeClasses.BytesOf(sizeClass);
        lock (_lock)
        {
            bool isFresh = FreeList(sizeClass).Count == 0;
            collect = !mayCollect ? Generations.None
                : _policy.IsLarge(_liveBytes + classBytes, isFresh) ? Generations.All
                : isFresh && _policy.IsFrequent(sizeClass) ? Generations.Young
                : Generations.None;
            // One thread collects for all. The others take what is free, but no fresh memory in the meantime.
            waits = _isCollecting && isFresh && collect != Generations.None;
            if (_isCollecting)
                collect = Generations.None;
            if (collect != Generations.None)
            {
                _isCollecting = true;
                _isIdle.Reset();
            }
            if (isFresh || collect != Generations.None)
                return 0;
            _cachedBytes -= classBytes;
            _liveBytes += classBytes;
            _policy.Count(sizeClass, 1);
            return FreeList(sizeClass).Pop();
        }
    }

    private nint AllocateFresh(int sizeClass, long askedBytes)
    {
        long classBytes = SizeClasses.BytesOf(sizeClass);
        TrimCache();
        nint block;
        try
        {
            block = source.Allocate(classBytes);
        }
        catch (OutOfMemoryException)
        {
            CollectUnreachable();
            source.ReleaseUnreachable();
            FreeCached(0);
            try
            {
                block = source.Allocate(classBytes);
            }
            catch (OutOfMemoryException exception)
            {
                MemoryStatistics statistics = Statistics;
                throw new OutOfDeviceMemoryException(device, askedBytes, statistics.LiveBytes, statistics.CachedBytes, exception.InnerException ?? exception);
            }
        }
        lock (_lock)
        {
            _allocations++;
            _allocatedBytes += classBytes;
            _liveBytes += classBytes;
            _policy.Count(sizeClass, 1);
        }
        return block;
    }

    private void Collect(Generations generations, int sizeClass)
    {
        try
        {
            if (generations == Generations.Young)
                CollectYoung(sizeClass);
            else
                CollectUnreachable();
        }
        finally
        {
            lock (_lock)
            {
                _isCollecting = false;
                _isIdle.Set();
            }
        }
    }

    /// <summary>Lets the collector find tensors that nobody holds, and takes their blocks back.</summary>
    private void CollectUnreachable()
    {
        long before;
        lock (_lock)
        {
            before = _liveBytes;
            _collections++;
        }
        Collect(generation: 1);
        long after = Statistics.LiveBytes;
        bool isPoor;
        lock (_lock)
            isPoor = _policy.IsPoor(before, after);
        if (isPoor)
        {
            Collect(generation: 2);
            after = Statistics.LiveBytes;
        }
        lock (_lock)
        {
            if (isPoor)
                _policy.CollectedFully(after);
            _policy.Collected(after);
        }
    }

    /// <summary>Lets the collector find tensors that were dropped lately, for a size of which no block is free.</summary>
    private void CollectYoung(int sizeClass)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_lock)
            _collections++;
        Collect(generation: 1);
        lock (_lock)
            _policy.CollectedYoung(start, isInVain: FreeList(sizeClass).Count == 0);
    }

    private void Collect(int generation)
    {
        GC.Collect(generation, GCCollectionMode.Forced, blocking: true);
        GC.WaitForPendingFinalizers();
        DrainOrphans();
    }

    private void DrainOrphans()
    {
        if (Volatile.Read(ref _orphans) is null)
            return;
        IPooledStorage? orphan = Interlocked.Exchange(ref _orphans, null);
        while (orphan is not null)
        {
            IPooledStorage? next = orphan.NextOrphan;
            orphan.NextOrphan = null;
            orphan.ReturnBlock();
            orphan = next;
        }
    }

    /// <summary>Varying sizes would let each class keep its own peak: gives memory back when more is cached than is in use.</summary>
    private void TrimCache()
    {
        long limit;
        lock (_lock)
        {
            limit = Math.Max(LeastCache, _liveBytes / 2);
            if (_cachedBytes <= limit)
                return;
        }
        FreeCached(limit / 2);
    }

    /// <summary>Frees cached blocks, large ones first, until no more than the given bytes remain.</summary>
    private void FreeCached(long bytesToKeep)
    {
        // The source may have a lock of its own, whose holders return blocks: it is called outside of this one.
        while (TryTakeCached(bytesToKeep, out nint block))
            source.Free(block);
    }

    /// <summary>Takes a block out of the cache, a large one, if more than the given bytes are cached.</summary>
    private bool TryTakeCached(long bytesToKeep, out nint block)
    {
        lock (_lock)
        {
            for (int sizeClass = _free.Count - 1; sizeClass >= 0 && _cachedBytes > bytesToKeep; sizeClass--)
            {
                if (!_free[sizeClass].TryPop(out block))
                    continue;
                _cachedBytes -= SizeClasses.BytesOf(sizeClass);
                return true;
            }
        }
        block = 0;
        return false;
    }

    /// <summary>Where a collection looks for dropped tensors.</summary>
    private enum Generations
    {
        None,
        Young,
        All,
    }
}
