using System.Diagnostics;
using NeuralNet.Memory;

namespace NeuralNet;

/// <summary>
/// Ends the tensors that are made inside it when it is disposed, so that their memory is reused at once instead of after a garbage
/// collection. It is never needed for correctness.
/// </summary>
/// <remarks>
/// A scope flows across <c>await</c>. It ends <em>handles</em>: a graph that is reached from a kept tensor keeps what it saved, so that
/// <see cref="Tensor.Backward(Tensor?, bool, bool)"/> works after the scope. Parameters, gradients (<see cref="Tensor.Grad"/>), optimizer
/// state, a module's buffers and batches that a loader prefetched belong to no scope.
/// </remarks>
/// <example>
/// <code>
/// using var scope = new TensorScope();
/// var loss = new MeanSquaredError().Forward(model.Forward(x), y);
/// return scope.Keep(loss);
/// </code>
/// </example>
public sealed class TensorScope : IDisposable
{
    /// <summary>Of a longer list of tensors the thread keeps no array.</summary>
    private const int LongestSpare = 1024;

    /// <summary>The list of a scope that ended on this thread, emptied, for the next one.</summary>
    [ThreadStatic]
    private static Tensor[]? t_spare;

    private readonly TensorScope? _outer;
    private readonly long _lastNodeBefore = GraphNode.LastNumber;
    private readonly AmbientChange _change;
    private HashSet<Tensor>? _kept;
    private Tensor[] _tensors;
    private SpinLock _lock = new(enableThreadOwnerTracking: false);
    private int _count;
    private bool _isEnded;

    /// <summary>Opens a scope inside the current one.</summary>
    public TensorScope()
    {
        AmbientContext context = AmbientContext.Current;
        _outer = context.Scope;
        Debug.Assert(!Temporaries.AreCollected, "No code of the user runs inside the library's own regions.");
        _tensors = t_spare ?? [];
        t_spare = null;
        _change = AmbientChange.To(context with { Scope = this });
    }

    private bool IsEnded => Volatile.Read(ref _isEnded);

    /// <summary>Lets a tensor outlive the scope: it belongs to the enclosing scope, or to nobody.</summary>
    /// <returns>The tensor.</returns>
    /// <exception cref="ObjectDisposedException">The scope has ended, or the tensor was ended by another.</exception>
    public Tensor Keep(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        tensor.Unchanged();
        using Hold hold = new(ref _lock);
        ObjectDisposedException.ThrowIf(_isEnded, this);
        (_kept ??= new(ReferenceEqualityComparer.Instance)).Add(tensor);
        return tensor;
    }

    /// <summary>Ends the tensors made inside, but for the kept ones.</summary>
    public void Dispose()
    {
        if (!TryEnd())
            return;
        Leave();
        // Nothing is added to an ended scope.
        Span<Tensor> tensors = _tensors.AsSpan(0, _count);
        HashSet<GraphNode>? keptNodes = null;
        if (_kept is not null)
        {
            foreach (Tensor tensor in _kept)
                AddReachable(tensor, ref keptNodes);
        }
        // Gradients that were recorded outlive the scope, with the graph that they can be differentiated through.
        foreach (Tensor tensor in tensors)
        {
            if (tensor.IsPersistent)
                AddReachable(tensor, ref keptNodes);
        }
        foreach (Tensor tensor in tensors)
        {
            if (tensor.IsPersistent)
                continue;
            if (_kept is not null && _kept.Contains(tensor))
            {
                Register(tensor);
                continue;
            }
            // A backward pass makes handles of an older graph anew; that graph is not the scope's to release.
            if (tensor.Node is { } node && node.Number > _lastNodeBefore && keptNodes?.Contains(node) != true)
                node.ReleaseSaved();
            tensor.End();
        }
        // What captured the flow inside, a timer for instance, may hold the scope for ever, but not the tensors.
        tensors.Clear();
        if (_tensors.Length <= LongestSpare && _tensors.Length > (t_spare?.Length ?? 0))
            t_spare = _tensors;
        _tensors = [];
        _kept = null;
    }

    /// <summary>Gives a new tensor to the innermost region of temporaries or scope of this flow.</summary>
    internal static void Register(Tensor tensor)
    {
        if (Temporaries.TryRegister(tensor))
            return;
        AmbientContext.Current.Scope?.Add(tensor);
    }

    /// <summary>Makes the scope around this one current, unless scopes are disposed out of order; other modes stay as they are.</summary>
    private void Leave()
    {
        if (_outer is not { IsEnded: true } && _change.TryUndo())
            return;
        AmbientContext context = AmbientContext.Current;
        if (!ReferenceEquals(context.Scope, this))
            return;
        TensorScope? outer = _outer;
        while (outer is { IsEnded: true })
            outer = outer._outer;
        AmbientContext.Current = context with { Scope = outer };
    }

    private static void AddReachable(Tensor tensor, ref HashSet<GraphNode>? nodes)
    {
        if (tensor.Node is { } node)
            node.AddReachable(nodes ??= []);
    }

    private void Add(Tensor tensor)
    {
        using Hold hold = new(ref _lock);
        if (_isEnded)
            return;
        if (_count == _tensors.Length)
            Array.Resize(ref _tensors, Math.Max(8, 2 * _count));
        _tensors[_count++] = tensor;
    }

    /// <summary>Closes the scope to further tensors; false if it was before.</summary>
    private bool TryEnd()
    {
        using Hold hold = new(ref _lock);
        bool isFirst = !_isEnded;
        _isEnded = true;
        return isFirst;
    }

    /// <summary>The lock, held until the end of a block.</summary>
    private readonly ref struct Hold : IDisposable
    {
        private readonly ref SpinLock _lock;

        public Hold(ref SpinLock toHold)
        {
            bool isTaken = false;
            _lock = ref toHold;
            _lock.Enter(ref isTaken);
        }

        public void Dispose() => _lock.Exit(useMemoryBarrier: false);
    }
}
