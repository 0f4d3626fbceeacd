namespace NeuralNet.Memory;

/// <summary>
/// One block of a device's memory, shared by a tensor and its views. It counts the owners that promised to release it (handles, graph
/// nodes, calls in progress); when the last lets go, the block returns to its backend. An owner that is collected instead releases
/// nothing: then the finalizer of the derived class returns the block.
/// </summary>
internal abstract class Storage
{
    private int _owners = 1;
    private int _version;
    private PackedCopies? _packed;

    /// <summary>The size of the block in bytes.</summary>
    public abstract long ByteLength { get; }

    /// <summary>How often the contents were written in place; a saved tensor of another version must not be used.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Whether the block went back to its backend.</summary>
    public bool IsReleased => Volatile.Read(ref _owners) <= 0;

    /// <summary>What kernels keep of the contents.</summary>
    public PackedCopies Packed => Volatile.Read(ref _packed) ?? Interlocked.CompareExchange(ref _packed, new(), null) ?? _packed!;

    public void BumpVersion() => Interlocked.Increment(ref _version);

    /// <summary>Adds an owner, unless the block was released.</summary>
    public bool TryAddOwner()
    {
        int owners = Volatile.Read(ref _owners);
        while (owners > 0)
        {
            int seen = Interlocked.CompareExchange(ref _owners, owners + 1, owners);
            if (seen == owners)
                return true;
            owners = seen;
        }
        return false;
    }

    /// <summary>Lets one owner go; the last returns the block.</summary>
    public void RemoveOwner()
    {
        if (Interlocked.Decrement(ref _owners) != 0)
            return;
        _packed?.Clear();
        Release();
    }

    /// <summary>Closes the storage to further owners, however many there were: their promises end with their collection.</summary>
    protected void Abandon() => Volatile.Write(ref _owners, int.MinValue / 2);

    /// <summary>Returns the block to its backend.</summary>
    protected abstract void Release();
}
