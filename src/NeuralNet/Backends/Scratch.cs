using System.Runtime.CompilerServices;
using NeuralNet.Memory;

namespace NeuralNet.Backends;

/// <summary>Memory for intermediate results inside one operation; goes back to the pool when disposed.</summary>
internal readonly ref struct Scratch<T>
    where T : unmanaged
{
    private readonly Layout? _layout;

    /// <summary>Takes memory for the elements of a layout.</summary>
    public Scratch(IComputeBackend backend, Layout layout)
        : this(backend, layout.Length) => _layout = layout;

    /// <summary>Takes memory for a number of elements.</summary>
    public Scratch(IComputeBackend backend, long length)
    {
        Length = length;
        Storage = backend.Allocate(length * Unsafe.SizeOf<T>());
    }

    /// <summary>The number of elements.</summary>
    public long Length { get; }

    public Storage Storage { get; }

    /// <summary>The elements as kernels see them; a vector unless a layout was given.</summary>
    public View<T> View => new(Storage, _layout ?? Layout.ContiguousOf([Length]));

    /// <summary>Gives the memory back; the default value has none.</summary>
    public void Dispose() => Storage?.RemoveOwner();
}
