using System.Runtime.CompilerServices;
using NeuralNet.Backends;
using NeuralNet.Memory;

namespace NeuralNet;

/// <summary>
/// A differentiable operation on tensors. An instance is made for each call; where a gradient is needed it is also the node of the graph.
/// <see cref="Infer"/> says what comes out or throws, <see cref="Forward"/> calls kernels, <see cref="Propagate"/> is a program over
/// tensors.
/// </summary>
internal abstract class Op : GraphNode
{
    /// <summary>What was recorded: the inputs, and the output behind them; null where nothing was, or it was released.</summary>
    private Operand[]? _operands;
    private Device? _device;

    public override string Name => OpNames.Of(GetType());

    public override int InputCount => _operands is { } operands ? operands.Length - 1 : 0;

    /// <summary>What the backward pass needs; nothing else is kept alive for it.</summary>
    protected abstract Saves Saves { get; }

    /// <summary>Whether gradients flow through.</summary>
    protected virtual bool IsDifferentiable => true;

    /// <summary>Runs an operation.</summary>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or the operation does not take them.</exception>
    /// <exception cref="DeviceException">The inputs are on different devices.</exception>
    /// <exception cref="ObjectDisposedException">An input was ended by its scope.</exception>
    public static Tensor Apply(Op op, params ReadOnlySpan<Tensor> inputs)
    {
        InputOwners owners = default;
        int acquired = 0;
        Storage[]? many = inputs.Length > InputOwners.Capacity ? new Storage[inputs.Length] : null;
        Span<Storage> held = many ?? (Span<Storage>)owners;
        try
        {
            for (; acquired < inputs.Length; acquired++)
                held[acquired] = (inputs[acquired] ?? throw MissingInput(op, acquired)).Acquire();
            return op.Run(inputs);
        }
        finally
        {
            for (int i = 0; i < acquired; i++)
                held[i].RemoveOwner();
        }
    }

    public override bool IsUsedUp => _operands is null;

    public override GraphNode? InputNode(int index) => _operands![index].Node;

    public override void ReleaseSaved()
    {
        if (Interlocked.Exchange(ref _operands, null) is not { } operands)
            return;
        foreach (ref readonly Operand operand in operands.AsSpan())
            operand.Saved.Release();
    }

    /// <summary>
    /// Runs the backward step: the gradients of the inputs, from that of the output. Entries stay null where none is needed.
    /// </summary>
    /// <exception cref="InvalidOperationException">What was saved was released by an earlier backward pass, or written since.</exception>
    public void RunBackward(Tensor dy, Span<Tensor?> gradients)
    {
        if (_operands is not { } operands)
        {
            throw new InvalidOperationException(
                $"{Name}: the backward pass already ran through this operation and released what it had saved. Pass retainGraph: true "
                    + "to the first Backward.");
        }
        Propagate(dy, gradients);
        for (int i = 0; i < gradients.Length; i++)
        {
            if (operands[i].Node is null)
                gradients[i] = null;
            else if (gradients[i] is { } gradient && gradient.Shape != operands[i].Layout.Shape)
                gradients[i] = gradient.SumTo(operands[i].Layout.Shape);
        }
    }

    /// <summary>Whether an input's gradient is wanted.</summary>
    public bool NeedsGradient(int index) => _operands![index].Node is not null;

    /// <summary>Whether a tensor shares memory with something saved here, so that it must not be written.</summary>
    public bool IsSaved(Tensor tensor)
    {
        foreach (ref readonly Operand operand in _operands.AsSpan())
        {
            if (operand.Saved.Shares(tensor))
                return true;
        }
        return false;
    }

    /// <summary>The shape, order in memory and dtype of the output; throws where the inputs do not fit. Devices were checked.</summary>
    protected abstract OutputInfo Infer(ReadOnlySpan<Tensor> inputs);

    /// <summary>Computes the output, by kernels.</summary>
    protected abstract void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output);

    /// <summary>Fills in the gradients of the inputs. Broadcasting is undone by the caller.</summary>
    protected abstract void Propagate(Tensor dy, Span<Tensor?> gradients);

    /// <summary>Makes the output's handle and computes it; views override this.</summary>
    protected virtual Tensor Execute(Device device, ReadOnlySpan<Tensor> inputs)
    {
        OutputInfo info = Infer(inputs);
        if (device.IsMeta)
            return Tensor.OnMeta(info.Layout, info.DType);
        IComputeBackend backend = device.Backend;
        Storage storage = backend.Allocate(info.Layout.Length * info.DType.SizeOf());
        Tensor output = new(storage, info.Layout, info.DType, device);
        Forward(backend, inputs, output);
        return output;
    }

    /// <summary>
    /// What other users of an input have sent it so far in this backward pass, to add to; null where there is nothing, or it must stay.
    /// </summary>
    protected Tensor? SumAt(int index) => BackwardPass.SumAt(_operands![index].Node);

    /// <summary>An input as it was; without data (on the meta device) where <see cref="Saves"/> does not name it.</summary>
    protected Tensor SavedInput(int index) => Saved(in _operands![index]);

    /// <summary>The output as it was; without data where <see cref="Saves"/> does not name it.</summary>
    protected Tensor SavedOutput() => Saved(in _operands![^1]);

    /// <summary>Whether a call with these inputs becomes a node of the graph.</summary>
    protected bool IsRecorded(ReadOnlySpan<Tensor> inputs) =>
        IsDifferentiable && AnyRequiresGrad(inputs) && AmbientContext.GradientsEnabled;

    private Tensor Run(ReadOnlySpan<Tensor> inputs)
    {
        Device device = CommonDevice(inputs);
        Tensor output = Execute(device, inputs);
        if (IsRecorded(inputs))
            Record(inputs, output);
        if (AmbientContext.DetectsAnomalies)
            Anomalies.CheckForward(Name, inputs, output);
        return output;
    }

    private void Record(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        Saves saves = Saves;
        Operand[] operands = new Operand[inputs.Length + 1];
        for (int i = 0; i < inputs.Length; i++)
        {
            Tensor input = inputs[i];
            bool save = (saves & (Saves)(1 << Math.Min(i, 3))) != 0;
            operands[i] = new(input.Node, input.Layout, input.DType, save ? new SavedTensor(input) : default);
        }
        operands[^1] = new(this, output.Layout, output.DType, (saves & Saves.Output) != 0 ? new SavedTensor(output) : default);
        _device = output.Device;
        _operands = operands;
        AssignNumber();
        output.Node = this;
    }

    private Tensor Saved(in Operand operand) => operand.Saved.IsEmpty
        ? Tensor.OnMeta(operand.Layout, operand.DType)
        : operand.Saved.Restore(this, operand.Layout, operand.DType, _device!, operand.Node);

    private Device CommonDevice(ReadOnlySpan<Tensor> inputs)
    {
        Device device = inputs[0].Device;
        for (int i = 1; i < inputs.Length; i++)
        {
            if (!ReferenceEquals(inputs[i].Device, device))
            {
                if (ShapeInference.IsActive)
                    return Device.Meta;
                throw new DeviceException(
                    $"{Name}: input 0 is on {device}, input {i} on {inputs[i].Device}. Bring both to one device with x.To(device).");
            }
        }
        return device;
    }

    private static ArgumentNullException MissingInput(Op op, int index) =>
        new("inputs", $"{op.Name}: input {index} is null. Give a tensor.");

    private static bool AnyRequiresGrad(ReadOnlySpan<Tensor> inputs)
    {
        foreach (Tensor input in inputs)
        {
            if (input.Node is not null)
                return true;
        }
        return false;
    }

    [InlineArray(Capacity)]
    private struct InputOwners
    {
        public const int Capacity = 4;

        private Storage _first;
    }

    /// <summary>A tensor that took part: the node that made it, and what the backward step needs of it.</summary>
    private readonly record struct Operand(GraphNode? Node, Layout Layout, DType DType, SavedTensor Saved);
}
