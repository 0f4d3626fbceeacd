namespace NeuralNet.Memory;

/// <summary>
/// What kernels made of the contents of a storage, such as weights in the order in which a product reads them. A copy is kept from the second call on
/// that finds the contents unchanged, as in inference; in training, where every step changes them, none is.
/// </summary>
internal sealed class PackedCopies
{
    private const int MostEntries = 2;

    /// <summary>Larger ones are made again each time, rather than held.</summary>
    private const long MostBytes = 64 << 20;

    private readonly Lock _lock = new();
    private readonly Entry[] _entries = new Entry[MostEntries];
    private int _next;

    /// <summary>Gets a copy of the contents of a version, with an owner that the caller removes; null if there is none.</summary>
    public Storage? Find(PackedKey key, int version)
    {
        lock (_lock)
        {
            ref Entry entry = ref EntryOf(key);
            bool isThere = entry.Copy is not null && entry.Version == version && entry.Key.Equals(key);
            return isThere && entry.Copy!.TryAddOwner() ? entry.Copy : null;
        }
    }

    /// <summary>Keeps a copy if the same was made of the same version before, and only notes it otherwise.</summary>
    public void Offer(PackedKey key, int version, Storage copy)
    {
        lock (_lock)
        {
            ref Entry entry = ref EntryOf(key);
            bool isSecond = entry.Version == version && entry.Key.Equals(key);
            if (isSecond && entry.Copy is not null)
                return;
            entry.Copy?.RemoveOwner();
            entry = new(key, version, isSecond && copy.ByteLength <= MostBytes && copy.TryAddOwner() ? copy : null);
        }
    }

    /// <summary>Lets all copies go.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            foreach (ref Entry entry in _entries.AsSpan())
            {
                entry.Copy?.RemoveOwner();
                entry = default;
            }
        }
    }

    /// <summary>The entry of a key; for a new one, that which was entered first.</summary>
    private ref Entry EntryOf(PackedKey key)
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            if (_entries[i].Key.Equals(key))
                return ref _entries[i];
        }
        _next = (_next + 1) % MostEntries;
        return ref _entries[_next];
    }

    private record struct Entry(PackedKey Key, int Version, Storage? Copy);
}
