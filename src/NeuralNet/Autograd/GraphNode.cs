namespace NeuralNet;

/// <summary>
/// A node of the graph that the backward pass walks: an operation that was recorded, or a leaf that collects a gradient. Nodes are numbered
/// as they are made; inputs always have smaller numbers than what is computed from them.
/// </summary>
internal abstract class GraphNode
{
    private static long s_lastNumber;

    private List<Func<Tensor, Tensor?>>? _hooks;

    /// <summary>The place in the order of creation.</summary>
    public long Number { get; private set; }

    /// <summary>The name of the operation for messages.</summary>
    public abstract string Name { get; }

    /// <summary>The number of inputs that gradients can flow to.</summary>
    public abstract int InputCount { get; }

    /// <summary>The node of an input, or null where none needs a gradient.</summary>
    public abstract GraphNode? InputNode(int index);

    /// <summary>Whether a backward pass ran through it without keeping what it needs to run again.</summary>
    public virtual bool IsUsedUp => false;

    /// <summary>Drops what was saved for the backward pass; after that the node cannot run.</summary>
    public virtual void ReleaseSaved()
    {
    }

    /// <summary>Adds a function that sees, and may replace, the gradient that arrives here.</summary>
    public IDisposable AddHook(Func<Tensor, Tensor?> hook)
    {
        lock (this)
            (_hooks ??= []).Add(hook);
        return new HookRegistration(this, hook);
    }

    /// <summary>Runs the hooks in the order in which they were added.</summary>
    public Tensor RunHooks(Tensor gradient)
    {
        if (_hooks is null)
            return gradient;
        Func<Tensor, Tensor?>[] hooks;
        lock (this)
            hooks = [.. _hooks];
        foreach (Func<Tensor, Tensor?> hook in hooks)
        {
            Tensor replaced = hook(gradient) ?? gradient;
            if (replaced.Shape != gradient.Shape || replaced.DType != gradient.DType)
            {
                throw new ShapeException(
                    $"{Name}: a gradient hook returned {replaced.DType} {replaced.Shape} for a gradient of {gradient.DType} {gradient.Shape}. Return the same shape and dtype, or null to leave it.");
            }
            gradient = replaced;
        }
        return gradient;
    }

    public bool HasHooks => _hooks is { Count: > 0 };

    /// <summary>Adds this node and all it was computed from. Graphs can be deeper than the stack, hence the loop.</summary>
    public void AddReachable(HashSet<GraphNode> nodes)
    {
        Stack<GraphNode> pending = new();
        pending.Push(this);
        while (pending.TryPop(out GraphNode? node))
        {
            if (!nodes.Add(node))
                continue;
            for (int i = 0; i < node.InputCount; i++)
            {
                if (node.InputNode(i) is { } input)
                    pending.Push(input);
            }
        }
    }

    protected void AssignNumber() => Number = Interlocked.Increment(ref s_lastNumber);

    private sealed class HookRegistration(GraphNode node, Func<Tensor, Tensor?> hook) : IDisposable
    {
        private bool _isRemoved;

        public void Dispose()
        {
            lock (node)
            {
                if (!_isRemoved)
                    node._hooks?.Remove(hook);
                _isRemoved = true;
            }
        }
    }
}
