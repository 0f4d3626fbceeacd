namespace NeuralNet;

/// <summary>What has arrived at a node so far, in one backward pass.</summary>
internal sealed class GradientSlot
{
    /// <summary>The pass that placed the slot on a node; null where it lies elsewhere.</summary>
    public BackwardPass? Pass { get; set; }

    public Tensor? Gradient { get; set; }

    /// <summary>Whether the walk itself made the gradient's memory, so that it may add to it, or give it away.</summary>
    public bool IsOwned { get; set; }

    public bool IsNeeded { get; set; } = true;

    public bool IsTarget { get; set; }

    /// <summary>Whether the gradient was returned to the caller already, who asked for it twice.</summary>
    public bool IsHandedOut { get; set; }

    /// <summary>Forgets everything, to serve another node.</summary>
    public void Clear()
    {
        Pass = null;
        Gradient = null;
        IsOwned = false;
        IsTarget = false;
        IsHandedOut = false;
        IsNeeded = true;
    }
}
