using System.Diagnostics;
using NeuralNet.Backends;
using NeuralNet.Memory;

namespace NeuralNet;

/// <summary>
/// An array of numbers of any number of axes, on a device, that can take part in automatic differentiation. A tensor is a handle: views
/// share its storage. It needs no <c>Dispose</c>; <see cref="TensorScope"/> makes the end of its memory deterministic for those who want
/// it.
/// </summary>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed partial class Tensor
{
    private Storage? _storage;

    /// <summary>Makes a handle that owns one promise to release the storage, which the caller hands over.</summary>
    internal Tensor(Storage storage, Layout layout, DType dtype, Device device)
    {
        _storage = storage;
        Layout = layout;
        DType = dtype;
        Device = device;
        TensorScope.Register(this);
    }

    /// <summary>Gets the sizes of the axes.</summary>
    public Shape Shape => Layout.Shape;

    /// <summary>Gets the number of axes; 0 for a scalar.</summary>
    public int Rank => Layout.Rank;

    /// <summary>Gets the number of elements.</summary>
    public long Length => Layout.Length;

    /// <summary>Gets the type of the elements.</summary>
    public DType DType { get; }

    /// <summary>Gets the device that holds the data.</summary>
    public Device Device { get; }

    /// <summary>Gets the distance between neighbours along each axis, in elements.</summary>
    public ReadOnlySpan<long> Strides => Layout.Strides;

    /// <summary>Gets whether the elements lie one after the other in logical (row-major) order.</summary>
    public bool IsContiguous => Layout.IsContiguous;

    /// <summary>Gets whether the handle was ended by a scope.</summary>
    public bool IsDisposed => Volatile.Read(ref _storage) is null;

    internal Layout Layout { get; }

    /// <summary>
    /// Whether scopes leave the tensor alone, as parameters, gradients and optimizer state, which outlive the code that made them.
    /// </summary>
    internal bool IsPersistent { get; private set; }

    /// <exception cref="ObjectDisposedException">The handle was ended by a scope.</exception>
    internal Storage Storage => Volatile.Read(ref _storage) ?? throw Disposed();

    private string DebuggerDisplay =>
        $"{DType} {Shape} on {Device}{(RequiresGrad ? ", requires grad" : "")}{(IsDisposed ? ", ended" : "")}";

    /// <summary>
    /// Adds an owner to the storage for the time of a call, so that neither a collection nor another thread takes it away.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The tensor was ended.</exception>
    internal Storage Acquire()
    {
        Storage storage = Storage;
        return storage.TryAddOwner() ? storage : throw Disposed();
    }

    /// <summary>This tensor, as the result of an operation that has nothing to do.</summary>
    /// <exception cref="ObjectDisposedException">The tensor was ended.</exception>
    internal Tensor Unchanged()
    {
        _ = Storage;
        return this;
    }

    /// <summary>Takes the tensor out of every scope.</summary>
    internal Tensor MakePersistent()
    {
        IsPersistent = true;
        return this;
    }

    /// <summary>Ends the handle: its promise on the storage is released, and any further use of the handle is an error.</summary>
    internal void End()
    {
        Storage? storage = Interlocked.Exchange(ref _storage, null);
        storage?.RemoveOwner();
    }

    /// <summary>The view that kernels take. The caller holds the storage.</summary>
    internal View<T> View<T>()
        where T : unmanaged => new(Storage, Layout);

    internal View<T> View<T>(Layout layout)
        where T : unmanaged => new(Storage, layout);

    /// <summary>Another handle on the same storage.</summary>
    internal Tensor Alias(Layout layout) => new(Acquire(), layout, DType, Device);

    private ObjectDisposedException Disposed() =>
        new(nameof(Tensor), $"Tensor: this tensor of {DType} {Shape} was ended with its TensorScope. Hand it out with "
            + "scope.Keep(tensor), or use it inside the scope.");
}
