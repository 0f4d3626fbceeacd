using NeuralNet.Memory;

namespace NeuralNet;

/// <summary>
/// A tensor that a node keeps for its backward step: a promise on its storage, and the version it had. The handle is used again if it
/// still lives; a scope may have ended it meanwhile.
/// </summary>
internal readonly struct SavedTensor
{
    private readonly Tensor? _handle;
    private readonly Storage? _storage;
    private readonly int _version;

    /// <summary>Saves a tensor whose storage the caller holds.</summary>
    public SavedTensor(Tensor tensor)
    {
        _handle = tensor;
        _storage = tensor.Acquire();
        _version = _storage.Version;
    }

    public bool IsEmpty => _storage is null;

    public void Release() => _storage?.RemoveOwner();

    public bool Shares(Tensor tensor) => _storage is not null && ReferenceEquals(_storage, tensor.Storage);

    /// <exception cref="InvalidOperationException">The tensor was written since.</exception>
    public Tensor Restore(Speaker name, Layout layout, DType dtype, Device device, GraphNode? node)
    {
        if (_storage!.Version != _version)
        {
            throw new InvalidOperationException(
                $"{name}: a tensor of {dtype} {layout.Shape} that the backward pass needs was written in place after the operation "
                    + $"used it (version {_storage.Version}, expected {_version}). Run Backward before the write, or write to a Clone().");
        }
        if (!_handle!.IsDisposed && ReferenceEquals(_handle.Node, node))
            return _handle;
        return _storage.TryAddOwner()
            ? new Tensor(_storage, layout, dtype, device) { Node = node }
            : throw new ObjectDisposedException(nameof(Tensor), $"{name}: a tensor of {dtype} {layout.Shape} that the backward pass "
                + "needs was released.");
    }
}
