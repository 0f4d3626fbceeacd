using NeuralNet.Memory;

namespace NeuralNet;

/// <summary>Where the gradient of a tensor that requires one collects.</summary>
internal sealed class LeafNode : GraphNode
{
    private readonly Lock _lock = new();
    private Tensor? _gradient;
    private bool _isOwned;

    /// <summary>Whether code of the user may hold the gradient, which is then the collector's to free.</summary>
    private bool _isSeen;

    public LeafNode() => AssignNumber();

    public override string Name => "leaf";

    public override int InputCount => 0;

    public Tensor? Gradient
    {
        get
        {
            lock (_lock)
            {
                _isSeen = true;
                return _gradient;
            }
        }
        set
        {
            lock (_lock)
            {
                if (_isOwned && !_isSeen)
                    _gradient?.End();
                _gradient = value?.MakePersistent();
                _isOwned = false;
                _isSeen = value is not null;
            }
        }
    }

    /// <summary>
    /// Gets the gradient for code of the library that holds no handle on it beyond a call, with an owner of its storage, which the caller
    /// releases.
    /// </summary>
    public Tensor? Borrow(out Storage? storage)
    {
        lock (_lock)
        {
            storage = _gradient?.Acquire();
            return _gradient;
        }
    }

    public override GraphNode? InputNode(int index) => null;

    /// <summary>Adds a gradient to what is there.</summary>
    /// <param name="gradient">The gradient.</param>
    /// <param name="isOwned">Whether nobody else sees its storage, so that later gradients may be added in place.</param>
    /// <param name="isRecorded">Whether the sum must be differentiable again.</param>
    public void Accumulate(Tensor gradient, bool isOwned, bool isRecorded)
    {
        lock (_lock)
        {
            if (_gradient is null)
            {
                // Copied unless nobody else sees it: two leaves of one sum are sent the same tensor.
                bool keep = isOwned && gradient.Layout.IsDense;
                _gradient = (keep ? gradient : gradient.Clone()).MakePersistent();
                _isOwned = !isRecorded;
                _isSeen = false;
            }
            else if (_isOwned && !isRecorded)
            {
                AddInPlace.Run(_gradient, gradient);
            }
            else
            {
                _gradient = (_gradient + gradient).MakePersistent();
                _isOwned = !isRecorded;
                _isSeen = false;
            }
        }
    }
}
