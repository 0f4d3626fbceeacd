namespace NeuralNet;

/// <summary>The functions of the user that a layer calls around its computation. Changed by copying, so that a running pass keeps its own.</summary>
internal sealed class LayerHooks
{
    private readonly Lock _lock = new();
    private Func<Layer, Tensor, Tensor?>[] _before = [];
    private Func<Layer, Tensor, Tensor, Tensor?>[] _after = [];
    private Func<Layer, Tensor?, Tensor, Tensor?>[] _backward = [];

    public bool AreEmpty => _before.Length + _after.Length + _backward.Length == 0;

    public IDisposable AddBefore(Func<Layer, Tensor, Tensor?> hook) => Add(ref _before, hook, () => Remove(ref _before, hook));

    public IDisposable AddAfter(Func<Layer, Tensor, Tensor, Tensor?> hook) => Add(ref _after, hook, () => Remove(ref _after, hook));

    public IDisposable AddBackward(Func<Layer, Tensor?, Tensor, Tensor?> hook) =>
        Add(ref _backward, hook, () => Remove(ref _backward, hook));

    /// <summary>Runs a computation with all functions around it.</summary>
    public Tensor Run(Layer layer, Tensor x, Func<Tensor, Tensor> compute)
    {
        foreach (Func<Layer, Tensor, Tensor?> hook in _before)
            x = hook(layer, x) ?? x;
        Func<Layer, Tensor?, Tensor, Tensor?>[] backward = _backward;
        Tensor seen = backward.Length > 0 && x.Node is not null ? NodeOf(x) : x;
        Tensor y = compute(seen);
        foreach (Func<Layer, Tensor, Tensor, Tensor?> hook in _after)
            y = hook(layer, seen, y) ?? y;
        return backward.Length > 0 && y.Node is not null ? Watched(layer, seen, NodeOf(y), backward) : y;
    }

    /// <summary>The tensor as a node of its own in the graph, whose gradient is that of this use alone.</summary>
    private static Tensor NodeOf(Tensor x) => x.Reshape(x.Shape);

    /// <summary>
    /// Calls the backward functions when the gradient of the input has arrived, after that of the output; when the input gets none, with the
    /// latter.
    /// </summary>
    private static Tensor Watched(Layer layer, Tensor x, Tensor y, Func<Layer, Tensor?, Tensor, Tensor?>[] hooks)
    {
        if (x.Node is null)
        {
            y.Node!.AddHook(dy =>
            {
                foreach (Func<Layer, Tensor?, Tensor, Tensor?> hook in hooks)
                    hook(layer, null, dy);
                return null;
            });
            return y;
        }
        Tensor? arrived = null;
        y.Node!.AddHook(dy =>
        {
            arrived = dy;
            return null;
        });
        x.Node.AddHook(dx =>
        {
            foreach (Func<Layer, Tensor?, Tensor, Tensor?> hook in hooks)
                dx = hook(layer, dx, arrived!) ?? dx;
            return dx;
        });
        return y;
    }

    private IDisposable Add<T>(ref T[] hooks, T hook, Action remove)
    {
        ArgumentNullException.ThrowIfNull(hook);
        lock (_lock)
            hooks = [.. hooks, hook];
        return new Registration(remove);
    }

    private void Remove<T>(ref T[] hooks, T hook)
    {
        lock (_lock)
        {
            int index = Array.LastIndexOf(hooks, hook);
            if (index >= 0)
                hooks = [.. hooks[..index], .. hooks[(index + 1)..]];
        }
    }

    private sealed class Registration(Action remove) : IDisposable
    {
        private Action? _remove = remove;

        public void Dispose() => Interlocked.Exchange(ref _remove, null)?.Invoke();
    }
}
