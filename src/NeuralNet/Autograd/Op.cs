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
    private Input[]? _inputs;
    private SavedTensor _output;
    private Layout? _outputLayout;
    private DType _outputDType;
    private Device? _device;

    public override string Name => OpNames.Of(GetType());

    public override int InputCount => _inputs?.Length ?? 0;

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

    public override bool IsUsedUp => _inputs is null;

    public override GraphNode? InputNode(int index) => _inputs![index].Node;

    public override void ReleaseSaved()
    {
        if (Interlocked.Exchange(ref _inputs, null) is not { } inputs)
            return;
        foreach (Input input in inputs)
            input.Saved.Release();
        _output.Release();
    }

    /// <summary>
    /// Runs the backward step: the gradients of the inputs, from that of the output. Entries stay null where none is needed.
    /// </summary>
    /// <exception cref="InvalidOperationException">What was saved was released by an earlier backward pass, or written since.</exception>
    public void RunBackward(Tensor dy, Span<Tensor?> gradients)
    {
        if (_inputs is not { } inputs)
        {
            throw new InvalidOperationException(
                $"{Name}: the backward pass already ran through this operation and released what it had saved. Pass retainGraph: true "
                    + "to the first Backward.");
        }
        Propagate(dy, gradients);
        for (int i = 0; i < gradients.Length; i++)
        {
            if (inputs[i].Node is null)
                gradients[i] = null;
            else if (gradients[i] is { } gradient && gradient.Shape != inputs[i].Layout.Shape)
                gradients[i] = gradient.SumTo(inputs[i].Layout.Shape);
        }
    }

    /// <summary>Whether an input's gradient is wanted.</summary>
    public bool NeedsGradient(int index) => _inputs![index].Node is not null;

    /// <summary>Whether a tensor shares memory with something saved here, so that it must not be written.</summary>
    public bool IsSaved(Tensor tensor)
    {
        if (_inputs is { } inputs)
        {
            foreach (Input input in inputs)
            {
                if (input.Saved.Shares(tensor))
                    return true;
            }
        }
        return _output.Shares(tensor);
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
    protected Tensor? SumAt(int index) => BackwardPass.SumAt(_inputs![index].Node);

    /// <summary>An input as it was; without data (on the meta device) where <see cref="Saves"/> does not name it.</summary>
    protected Tensor SavedInput(int index)
    {
        ref Input input = ref _inputs![index];
        return input.Saved.IsEmpty
            ? Tensor.OnMeta(input.Layout, input.DType)
            : input.Saved.Restore(this, input.Layout, input.DType, _device!, input.Node);
    }

    /// <summary>The output as it was; without data where <see cref="Saves"/> does not name it.</summary>
    protected Tensor SavedOutput() =>
        _output.IsEmpty ? Tensor.OnMeta(_outputLayout!, _outputDType) : _output.Restore(this, _outputLayout!, _outputDType, _device!, this);

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
        Input[] slots = new Input[inputs.Length];
        for (int i = 0; i < slots.Length; i++)
        {
            Tensor input = inputs[i];
            bool save = (saves & (Saves)(1 << Math.Min(i, 3))) != 0;
            slots[i] = new Input(input.Node, input.Layout, input.DType, save ? new SavedTensor(input) : default);
        }
        _outputLayout = output.Layout;
        _outputDType = output.DType;
        _device = output.Device;
        if ((saves & Saves.Output) != 0)
            _output = new SavedTensor(output);
        _inputs = slots;
        AssignNumber();
        output.Node = this;
    }

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

    private readonly record struct Input(GraphNode? Node, Layout Layout, DType DType, SavedTensor Saved);
}
