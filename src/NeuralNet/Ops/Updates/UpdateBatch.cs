using NeuralNet.Backends;
using NeuralNet.Memory;

namespace NeuralNet;

/// <summary>
/// The changes that an optimizer makes in one step, collected parameter by parameter and then made in one dispatch. Not for several
/// threads at once, as an optimizer is not.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
/// <typeparam name="TOp">The optimizer's formula.</typeparam>
internal sealed class UpdateBatch<T, TOp>
    where T : unmanaged
    where TOp : unmanaged, IUpdateOperator<T>
{
    private readonly List<Rearranged> _rearranged = [];
    private readonly HashSet<Storage> _storages = [];
    private Update<T, TOp>[] _updates = new Update<T, TOp>[8];
    private int _count;
    private IComputeBackend? _backend;

    /// <summary>Adds a parameter's change.</summary>
    /// <param name="op">The formula, with the numbers of this step.</param>
    /// <param name="parameter">What is changed.</param>
    /// <param name="gradient">Its gradient, of the same shape.</param>
    /// <param name="states">The optimizer's own tensors, in the operator's order, all of one dense layout.</param>
    public void Add(TOp op, Tensor parameter, Tensor gradient, params ReadOnlySpan<Tensor> states)
    {
        if (parameter.Device.IsMeta || parameter.Length == 0)
            return;
        // Parameters that share memory are changed one after the other.
        bool isShared = _count > 0 && _storages.Contains(parameter.Storage);
        if (isShared || (_backend is not null && !ReferenceEquals(_backend, parameter.Device.Backend)))
            Run();
        _backend = parameter.Device.Backend;
        Layout order = states.Length > 0 ? states[0].Layout : parameter.Layout.DenseLike();
        UpdateStates<T> views = new(ViewOf(states, 0), ViewOf(states, 1), ViewOf(states, 2));
        View<T> changed = InOrder(parameter, order, isChanged: true);
        Update<T, TOp> update = new(op, changed, InOrder(gradient, order, isChanged: false), views);
        if (_count == _updates.Length)
            Array.Resize(ref _updates, 2 * _count);
        _updates[_count++] = update;
        _storages.Add(parameter.Storage);
    }

    /// <summary>Makes the changes.</summary>
    public void Run()
    {
        if (_backend is null)
            return;
        try
        {
            _backend.Update(new ArraySegment<Update<T, TOp>>(_updates, 0, _count));
            for (int i = 0; i < _count; i++)
                BumpVersions(in _updates[i]);
            foreach (Rearranged operand in _rearranged)
            {
                if (operand.Target is not { } target)
                    continue;
                _backend.Copy(operand.Copy, target.View<T>());
                target.Storage.BumpVersion();
            }
        }
        finally
        {
            Clear();
        }
    }

    private static void BumpVersions(in Update<T, TOp> update)
    {
        update.Parameter.Storage.BumpVersion();
        update.States.First.Storage?.BumpVersion();
        update.States.Second.Storage?.BumpVersion();
        update.States.Third.Storage?.BumpVersion();
    }

    /// <summary>Lets go of everything: what is held here would keep gradients alive until the next step.</summary>
    private void Clear()
    {
        foreach (Rearranged operand in _rearranged)
            operand.Copy.Storage.RemoveOwner();
        Array.Clear(_updates, 0, _count);
        _rearranged.Clear();
        _storages.Clear();
        _count = 0;
        _backend = null;
    }

    private static View<T> ViewOf(ReadOnlySpan<Tensor> states, int index) => index < states.Length ? states[index].View<T>() : default;

    /// <summary>An operand as the kernel takes it: where it is if it lies in the order of the states, otherwise a copy that does.</summary>
    private View<T> InOrder(Tensor operand, Layout order, bool isChanged)
    {
        if (operand.Layout.SameOrderAs(order))
            return operand.View<T>();
        Layout dense = order.DenseLike();
        View<T> copy = new(_backend!.Allocate(dense.Length * operand.DType.SizeOf()), dense);
        _backend.Copy(operand.View<T>(), copy);
        _rearranged.Add(new(copy, isChanged ? operand : null));
        return copy;
    }

    /// <param name="Copy">The copy that the kernel works on.</param>
    /// <param name="Target">Where it is written back to; null for a gradient.</param>
    private readonly record struct Rearranged(View<T> Copy, Tensor? Target);
}
