namespace NeuralNet;

/// <summary>
/// A node of the graph that the backward pass walks: an operation that was recorded, or a leaf that collects a gradient. Nodes are numbered
/// as they are made; inputs always have smaller numbers than what is computed from them.
/// </summary>
internal abstract class GraphNode
{
    private static long s_lastNumber;

    /// <summary>Hooks are rare, nodes are many: one lock serves them all.</summary>
    private static readonly Lock s_hooksLock = new();

    private List<Func<Tensor, Tensor?>>? _hooks;
    private GradientSlot? _slot;

    /// <summary>The number of the node that was made last, by any thread.</summary>
    public static long LastNumber => Volatile.Read(ref s_lastNumber);

    /// <summary>The place in the order of creation.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the backward step runs code of the user, who may keep the tensors that are seen and made there.</summary>
    public virtual bool RunsUserCode => false;

    public bool HasHooks => _hooks is { Count: > 0 };

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
        lock (s_hooksLock)
            (_hooks ??= []).Add(hook);
        return new HookRegistration(this, hook);
    }

    /// <summary>Runs the hooks in the order in which they were added.</summary>
    /// <exception cref="ShapeException">A hook returned another shape.</exception>
    /// <exception cref="DTypeException">A hook returned another dtype.</exception>
    /// <exception cref="DeviceException">A hook returned a tensor on another device.</exception>
    public Tensor RunHooks(Tensor gradient)
    {
        if (_hooks is null)
            return gradient;
        Func<Tensor, Tensor?>[] hooks;
        lock (s_hooksLock)
            hooks = [.. _hooks];
        foreach (Func<Tensor, Tensor?> hook in hooks)
        {
            Tensor replaced = hook(gradient) ?? gradient;
            if (!ReferenceEquals(replaced, gradient))
                Require.Gradient($"{Name}: a hook returned", replaced, "one", gradient);
            gradient = replaced;
        }
        return gradient;
    }

    /// <summary>Puts a pass's slot on the node, if no other pass has one here.</summary>
    public bool TryPlaceSlot(BackwardPass pass, GradientSlot slot)
    {
        slot.Pass = pass;
        if (Interlocked.CompareExchange(ref _slot, slot, null) is null)
            return true;
        slot.Pass = null;
        return false;
    }

    /// <summary>The slot that a pass placed here; null if it placed none.</summary>
    public GradientSlot? SlotOf(BackwardPass pass) =>
        Volatile.Read(ref _slot) is { } slot && ReferenceEquals(slot.Pass, pass) ? slot : null;

    /// <summary>Takes the slot that a pass placed here away again.</summary>
    public GradientSlot? TakeSlot(BackwardPass pass)
    {
        GradientSlot? slot = SlotOf(pass);
        if (slot is not null)
            Volatile.Write(ref _slot, null);
        return slot;
    }

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
            lock (s_hooksLock)
            {
                if (!_isRemoved)
                    node._hooks?.Remove(hook);
                _isRemoved = true;
            }
        }
    }
}
