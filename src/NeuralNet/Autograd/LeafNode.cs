namespace NeuralNet;

/// <summary>Where the gradient of a tensor that requires one collects.</summary>
internal sealed class LeafNode : GraphNode
{
    private readonly Lock _lock = new();
    private Tensor? _gradient;
    private bool _isOwned;

    public LeafNode() => AssignNumber();

    public override string Name => "leaf";

    public override int InputCount => 0;

    public Tensor? Gradient
    {
        get
        {
            lock (_lock)
                return _gradient;
        }
        set
        {
            lock (_lock)
            {
                _gradient = value?.MakePersistent();
                _isOwned = false;
            }
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
            }
            else if (_isOwned && !isRecorded)
            {
                AddInPlace.Run(_gradient, gradient);
            }
            else
            {
                _gradient = (_gradient + gradient).MakePersistent();
                _isOwned = !isRecorded;
            }
        }
    }
}
