namespace NeuralNet.Backends.Cpu.Simd;

/// <summary>How a kernel writes whole vectors of its results.</summary>
internal unsafe interface IStore
{
    static abstract void Store<T, TVector>(T* destination, TVector vector)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T>;
}

/// <summary>Into the caches, where what comes next finds them.</summary>
internal readonly unsafe struct CachedStore : IStore
{
    public static void Store<T, TVector>(T* destination, TVector vector)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T> => vector.Store(destination);
}

/// <summary>
/// Past the caches: the memory is not read before it is written. It pays for results so large that their beginning would be pushed out before anyone
/// reads it.
/// </summary>
internal readonly unsafe struct StreamingStore : IStore
{
    /// <summary>Smaller results stay in the caches.</summary>
    private const long FewestBytes = 8 << 20;

    public static void Store<T, TVector>(T* destination, TVector vector)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T> => vector.StoreStreaming(destination);

    /// <summary>Whether results are to be written so: many, and all rows of them whole vectors at aligned places.</summary>
    /// <param name="results">The first.</param>
    /// <param name="count">How many there are in all.</param>
    /// <param name="rowLength">How many make a row.</param>
    public static bool Serves<T, TVector>(T* results, nint count, nint rowLength)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T> =>
        TVector.Count > 1 && (long)count * sizeof(T) >= FewestBytes && rowLength % TVector.Count == 0 && (nint)results % (TVector.Count * sizeof(T)) == 0;

    /// <summary>
    /// Orders what this thread has written so before all that it writes later; workers do it by leaving their job. Then whoever learns of the results finds
    /// them.
    /// </summary>
    public static void Finish() => Interlocked.MemoryBarrier();
}
