using System.Runtime.CompilerServices;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// Weights in the order in which a kernel reads them: those that an earlier call left, or memory to pack them into; the default value has none.
/// </summary>
internal readonly ref struct WeightCopy<T> : IDisposable
    where T : unmanaged
{
    private readonly Storage _source;
    private readonly Storage? _storage;
    private readonly PackedKey _key;
    private readonly int _version;

    /// <summary>Takes what is there, or memory.</summary>
    /// <param name="backend">Where memory comes from.</param>
    /// <param name="weight">The weights.</param>
    /// <param name="key">What is made of them.</param>
    /// <param name="length">The elements of the copy.</param>
    public WeightCopy(CpuBackend backend, View<T> weight, PackedKey key, long length)
    {
        (_source, _key, _version) = (weight.Storage, key, weight.Storage.Version);
        Storage? kept = key.Kind == PackedKind.None ? null : _source.Packed.Find(key, _version);
        IsPacked = kept is not null;
        _storage = kept ?? backend.Allocate(length * Unsafe.SizeOf<T>());
    }

    /// <summary>Whether the weights are there already.</summary>
    public bool IsPacked { get; }

    /// <summary>The first element.</summary>
    public ref T Reference() => ref Unsafe.As<byte, T>(ref Unsafe.As<CpuStorage>(_storage!).Reference);

    /// <summary>The first element; none of the default value.</summary>
    public ref T ReferenceOrNull()
    {
        if (_storage is null)
            return ref Unsafe.NullRef<T>();
        return ref Reference();
    }

    /// <summary>Offers the weights, which are packed now, to later calls.</summary>
    public void Keep()
    {
        if (!IsPacked && _key.Kind != PackedKind.None)
            _source.Packed.Offer(_key, _version, _storage!);
    }

    public void Dispose() => _storage?.RemoveOwner();
}
