using System.Runtime.CompilerServices;
using NeuralNet.Memory;

namespace NeuralNet.Backends;

/// <summary>Memory for intermediate results inside one operation; goes back to the pool when disposed.</summary>
internal readonly ref struct Scratch<T>
    where T : unmanaged
{
    private readonly Storage? _storage;

    public Scratch(IComputeBackend backend, Layout layout)
    {
        _storage = backend.Allocate(layout.Length * Unsafe.SizeOf<T>());
        View = new(_storage, layout);
    }

    public View<T> View { get; }

    /// <summary>Gives the memory back; the default value has none.</summary>
    public void Dispose() => _storage?.RemoveOwner();
}
