using System.Runtime.InteropServices;
using NeuralNet.Memory;

namespace NeuralNet;

/// <summary>
/// One walk over a graph against the direction of its computation. Nodes run in reverse order of creation, each once, when the gradients
/// from all its users have arrived; that order is fixed, so the sums are too.
/// </summary>
internal sealed class BackwardPass
{
    /// <summary>A pass over a larger graph gives its memory up instead of keeping it for the next.</summary>
    private const int LargestKept = 1024;

    /// <summary>As many nodes as are sorted by insertion: they are nearly in order.</summary>
    private const int LargestInserted = 32;

    /// <summary>A pass that ended on this thread, whose collections the next one uses; a pass inside a hook finds none.</summary>
    [ThreadStatic]
    private static BackwardPass? t_spare;

    /// <summary>The pass whose node makes gradients on this thread, where they may be added to what has arrived before.</summary>
    [ThreadStatic]
    private static BackwardPass? t_adding;

    private readonly List<Entry> _nodes = [];
    private readonly Stack<Entry> _pending = [];
    private readonly List<Entry> _discovered = [];
    private readonly Dictionary<GraphNode, GradientSlot> _slotsElsewhere = [];
    private readonly Stack<GradientSlot> _spareSlots = [];
    private Tensor?[] _gradients = new Tensor?[4];
    private bool _retainGraph;
    private bool _createGraph;
    private GraphNode[]? _targets;

    private BackwardPass()
    {
    }

    /// <summary>Adds the gradients of a tensor to the leaves it was computed from.</summary>
    public static void Run(Tensor root, Tensor? gradient, bool retainGraph, bool createGraph)
    {
        Tensor seed = Seed(root, gradient, nameof(Tensor.Backward));
        BackwardPass pass = Begin(retainGraph, createGraph, targets: null);
        try
        {
            pass.Walk(root, seed, isOwned: gradient is null && !createGraph);
        }
        finally
        {
            pass.End();
        }
    }

    /// <summary>Computes the gradients of a tensor with respect to others, which need not be leaves; null where none flows.</summary>
    public static Tensor?[] Run(Tensor root, ReadOnlySpan<Tensor> targets, Tensor? gradient, bool retainGraph, bool createGraph)
    {
        GraphNode[] nodes = new GraphNode[targets.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = targets[i].Unchanged().Node
                ?? throw new InvalidOperationException($"Gradients: tensor {i} of {targets[i].Shape} requires no gradient. Set "
                    + "RequiresGrad before computing with it.");
        }
        Tensor seed = Seed(root, gradient, nameof(Gradients));
        BackwardPass pass = Begin(retainGraph, createGraph, nodes);
        try
        {
            pass.Walk(root, seed, isOwned: gradient is null && !createGraph);
            return [.. nodes.Select(pass.Result)];
        }
        finally
        {
            pass.End();
        }
    }

    /// <summary>
    /// What has arrived so far at an input of the node that runs, for kernels that add to it instead of making a gradient that is added
    /// then; null where nothing has, or somebody else sees it, or it is not contiguous, as products are.
    /// </summary>
    public static Tensor? SumAt(GraphNode? input) =>
        input is not null && t_adding?.FindSlot(input) is { IsOwned: true, IsNeeded: true, Gradient: { IsContiguous: true } sum }
            ? sum
            : null;

    private static BackwardPass Begin(bool retainGraph, bool createGraph, GraphNode[]? targets)
    {
        BackwardPass pass = t_spare ?? new();
        t_spare = null;
        pass._retainGraph = retainGraph || createGraph;
        pass._createGraph = createGraph;
        pass._targets = targets;
        return pass;
    }

    private void End()
    {
        bool isKept = _discovered.Count <= LargestKept;
        foreach ((GraphNode node, _) in _discovered)
        {
            if (node.TakeSlot(this) is { } slot && isKept)
            {
                slot.Clear();
                _spareSlots.Push(slot);
            }
        }
        if (!isKept)
            return;
        _discovered.Clear();
        _nodes.Clear();
        _pending.Clear();
        _slotsElsewhere.Clear();
        Array.Clear(_gradients);
        _targets = null;
        t_spare = this;
    }

    private static Tensor Seed(Tensor root, Tensor? gradient, string where)
    {
        if (root.Unchanged().Node is null)
            throw new InvalidOperationException($"{where}: this tensor of {root.Shape} requires no gradient. Set RequiresGrad on what "
                + "it is computed from, outside Autograd.NoGrad().");
        if (gradient is null)
        {
            if (root.Length != 1)
                throw new InvalidOperationException($"{where}: a tensor of {root.Shape} has {root.Length} elements, not one. Reduce "
                    + "it to a scalar, by Sum or Mean, or pass a gradient of its shape.");
            return Tensor.OnesLike(root);
        }
        Require.Gradient($"{where}:", gradient, "a tensor", root);
        return gradient;
    }

    /// <summary>The gradient of a target as a tensor of its own, which the caller may write without touching another.</summary>
    private Tensor? Result(GraphNode target)
    {
        if (FindSlot(target) is not { Gradient: { } gradient } slot)
            return null;
        bool isOwn = slot.IsOwned && gradient.Layout.IsDense && !slot.IsHandedOut;
        slot.IsHandedOut = true;
        return isOwn || gradient.Node is not null ? gradient : gradient.Clone();
    }

    /// <param name="root">Where the walk starts.</param>
    /// <param name="seed">The gradient there.</param>
    /// <param name="isOwned">Whether nobody else has it.</param>
    private void Walk(Tensor root, Tensor seed, bool isOwned)
    {
        bool? outer = AmbientContext.GradientsOnThread;
        AmbientContext.GradientsOnThread = _createGraph;
        try
        {
            Collect(root.Node!);
            MarkNeeded();
            GradientSlot first = SlotOf(root.Node!);
            (first.Gradient, first.IsOwned) = (seed, isOwned);
            foreach ((GraphNode node, _) in _nodes)
                Visit(node, SlotOf(node));
        }
        finally
        {
            AmbientContext.GradientsOnThread = outer;
        }
    }

    /// <summary>Finds all nodes and sorts them, last created first.</summary>
    private void Collect(GraphNode root)
    {
        Discover(root);
        bool isSorted = true;
        while (_pending.TryPop(out Entry entry))
        {
            GraphNode node = entry.Node;
            isSorted &= _nodes.Count == 0 || _nodes[^1].Number > entry.Number;
            _nodes.Add(entry);
            for (int i = node.InputCount - 1; i >= 0; i--)
            {
                if (node.InputNode(i) is { } input)
                    Discover(input);
            }
        }
        if (!isSorted)
            Sort(CollectionsMarshal.AsSpan(_nodes));
    }

    private static void Sort(Span<Entry> nodes)
    {
        if (nodes.Length > LargestInserted)
        {
            nodes.Sort(static (a, b) => b.Number.CompareTo(a.Number));
            return;
        }
        for (int i = 1; i < nodes.Length; i++)
        {
            Entry entry = nodes[i];
            int place = i;
            for (; place > 0 && nodes[place - 1].Number < entry.Number; place--)
                nodes[place] = nodes[place - 1];
            nodes[place] = entry;
        }
    }

    private void Discover(GraphNode node)
    {
        if (FindSlot(node) is not null)
            return;
        GradientSlot slot = _spareSlots.TryPop(out GradientSlot? spare) ? spare : new();
        Entry entry = new(node, node.Number);
        _discovered.Add(entry);
        if (!node.TryPlaceSlot(this, slot))
            _slotsElsewhere.Add(node, slot);
        _pending.Push(entry);
    }

    /// <summary>The slot of a node: on the node itself, unless a pass of another thread, or one outside this one, has it.</summary>
    private GradientSlot? FindSlot(GraphNode node) =>
        node.SlotOf(this) ?? (_slotsElsewhere.Count == 0 ? null : _slotsElsewhere.GetValueOrDefault(node));

    private GradientSlot SlotOf(GraphNode node) => node.SlotOf(this) ?? _slotsElsewhere[node];

    /// <summary>Where targets are given, only what leads to one of them needs to run.</summary>
    private void MarkNeeded()
    {
        if (_targets is null)
            return;
        foreach ((GraphNode node, _) in _nodes)
            SlotOf(node).IsNeeded = false;
        foreach (GraphNode target in _targets)
        {
            if (FindSlot(target) is { } slot)
                slot.IsTarget = slot.IsNeeded = true;
        }
        for (int n = _nodes.Count - 1; n >= 0; n--)
        {
            GraphNode node = _nodes[n].Node;
            // A node that was used up forgot its inputs: one may be a target, so it must run, and say so.
            if (node.IsUsedUp)
                SlotOf(node).IsNeeded = true;
            for (int i = 0; i < node.InputCount; i++)
            {
                if (node.InputNode(i) is { } input && SlotOf(input).IsNeeded)
                    SlotOf(node).IsNeeded = true;
            }
        }
    }

    private void Visit(GraphNode node, GradientSlot slot)
    {
        if (slot.Gradient is not { } gradient || !slot.IsNeeded)
            return;
        if (node.HasHooks)
        {
            gradient = slot.Gradient = node.RunHooks(gradient);
            slot.IsOwned = false;
        }
        // Code of the user may keep the gradient that it is shown.
        if (node.RunsUserCode)
            slot.IsOwned = false;
        if (AmbientContext.DetectsAnomalies)
            Anomalies.CheckArrived(node.Name, gradient);
        if (node is LeafNode leaf)
        {
            if (_targets is null)
                leaf.Accumulate(gradient, slot.IsOwned, _createGraph);
            return;
        }
        bool passedOn = Propagate((Op)node, gradient, slot.IsOwned && !slot.IsTarget);
        if (!_retainGraph)
            node.ReleaseSaved();
        // The gradient of an operation's result was seen by this walk alone, unless it was asked for.
        if (slot.IsOwned && !slot.IsTarget && !passedOn)
        {
            gradient.End();
            slot.Gradient = null;
        }
    }

    /// <summary>Runs one node and hands its inputs' gradients on.</summary>
    /// <param name="op">The node.</param>
    /// <param name="dy">The gradient that arrived.</param>
    /// <param name="isOwned">Whether dy's memory is the walk's own, to be given away.</param>
    /// <returns>Whether the handle dy went on as the gradient of an input.</returns>
    private bool Propagate(Op op, Tensor dy, bool isOwned)
    {
        int count = op.InputCount;
        if (_gradients.Length < count)
            _gradients = new Tensor?[count];
        Span<Tensor?> gradients = _gradients.AsSpan(0, count);
        gradients.Clear();
        bool ownsTemporaries = !op.RunsUserCode && !_createGraph;
        bool passedOn = false;
        Temporaries temporaries = ownsTemporaries ? Temporaries.Begin() : default;
        BackwardPass? outer = t_adding;
        t_adding = ownsTemporaries && !AmbientContext.DetectsAnomalies ? this : null;
        try
        {
            if (AmbientContext.DetectsAnomalies)
                Anomalies.RunBackward(op, dy, gradients);
            else
                op.RunBackward(dy, gradients);
            for (int i = 0; i < count; i++)
            {
                if (gradients[i] is not { } gradient || op.InputNode(i) is not { } input || !SlotOf(input).IsNeeded)
                {
                    gradients[i] = null;
                    continue;
                }
                passedOn |= ReferenceEquals(gradient, dy);
                gradients[i] = Add(SlotOf(input), gradient, ownsTemporaries && IsExclusive(op, i, gradients, dy, isOwned), op, i);
            }
        }
        finally
        {
            t_adding = outer;
            if (ownsTemporaries)
                temporaries.End(gradients);
        }
        return passedOn;
    }

    /// <summary>Adds a gradient to a node's slot.</summary>
    /// <returns>What the slot holds then.</returns>
    private Tensor Add(GradientSlot slot, Tensor gradient, bool isExclusive, Op op, int index)
    {
        if (slot.Gradient is not { } sum)
        {
            slot.Gradient = gradient;
            slot.IsOwned = isExclusive;
            return gradient;
        }
        // The node has added its part itself.
        if (ReferenceEquals(sum, gradient))
            return sum;
        if (sum.Shape != gradient.Shape)
            throw new ShapeException($"{op.Name}: the gradient of input {index} has shape {gradient.Shape}, that of another use "
                + $"{sum.Shape}. A backward step returns its input's shape.");
        if (slot.IsOwned && sum.Layout.IsDense)
        {
            AddInPlace.Run(sum, gradient);
            return sum;
        }
        slot.Gradient = sum + gradient;
        slot.IsOwned = !_createGraph;
        return slot.Gradient;
    }

    /// <summary>
    /// Whether a gradient's memory is nobody else's from now on: not something saved, not another input's gradient, and the incoming
    /// gradient's only if that was the walk's own.
    /// </summary>
    private static bool IsExclusive(Op op, int index, ReadOnlySpan<Tensor?> gradients, Tensor dy, bool ownsIncoming)
    {
        Tensor gradient = gradients[index]!;
        if (ReferenceEquals(gradient.Storage, dy.Storage) && !ownsIncoming)
            return false;
        if (gradient.IsPersistent || op.IsSaved(gradient))
            return false;
        for (int i = 0; i < gradients.Length; i++)
        {
            if (i != index && gradients[i] is { } other && ReferenceEquals(other.Storage, gradient.Storage))
                return false;
        }
        return true;
    }

    /// <summary>A node beside its number. Unlike nodes, which are of many types, it is stored without a look at its type.</summary>
    private readonly record struct Entry(GraphNode Node, long Number);
}
