namespace NeuralNet;

/// <summary>What the layers of batch and instance normalisation share: factors and summands of the channels, and running statistics.</summary>
public abstract class ChannelNormLayer : Layer
{
    private readonly long _features;
    private readonly DType _dtype;
    private readonly Parameter? _weight;
    private readonly Parameter? _bias;
    private readonly StateTensor? _runningMean;

    [StateName("running_var")]
    private readonly StateTensor? _runningVariance;

    private readonly StateTensor? _numBatchesTracked;
    private readonly Lock _lock = new();
    private bool _isOpen;

    private protected ChannelNormLayer(long features, double eps, double momentum, bool affine, bool trackRunningStats, DType dtype)
    {
        string name = GetType().Name;
        LayerArguments.RequirePositiveOrOpen(name, nameof(features), features);
        LayerArguments.RequireProbability(name, nameof(momentum), momentum);
        LayerArguments.RequireEpsilon(name, eps);
        (_features, _dtype, Eps, Momentum) = (features, dtype, eps, momentum);
        _isOpen = features == LayerArguments.Open && (affine || trackRunningStats);
        if (affine)
        {
            _weight = _isOpen ? new(name) : new(Tensor.Ones([features], dtype));
            _bias = _isOpen ? new(name) : new(Tensor.Zeros([features], dtype));
        }
        if (trackRunningStats)
        {
            _runningMean = _isOpen ? new(name) : new(Tensor.Zeros([features], dtype));
            _runningVariance = _isOpen ? new(name) : new(Tensor.Ones([features], dtype));
            _numBatchesTracked = new(Tensor.Zeros([], DType.Int64));
        }
    }

    /// <summary>Gets the factors, of [features]; null without them.</summary>
    public Parameter? Weight => _weight;

    /// <summary>Gets what is added, of [features]; null without it.</summary>
    public Parameter? Bias => _bias;

    /// <summary>Gets the running mean, of [features]; null if none is kept.</summary>
    public Tensor? RunningMean => _runningMean?.Value;

    /// <summary>Gets the running variance, of [features]; null if none is kept.</summary>
    public Tensor? RunningVariance => _runningVariance?.Value;

    private protected double Eps { get; }

    private protected double Momentum { get; }

    private protected bool HasRunningStatistics => _runningMean is not null;

    private long Features => Weight is { IsInitialized: true } weight ? weight.Length : _isOpen ? LayerArguments.Open : _runningMean?.Value.Length ?? _features;

    /// <inheritdoc/>
    protected sealed override Tensor Compute(Tensor x)
    {
        RequireInput(x);
        if (Volatile.Read(ref _isOpen))
            Complete(x);
        if (Features != LayerArguments.Open && x.Shape[1] != Features)
            throw new ShapeException($"expected {Features} channels on axis 1, got {x.Shape[1]}; input {x.Shape}. Build the layer for {x.Shape[1]}.");
        Tensor y = Normalize(x, usesInput: IsTraining || _runningMean is null);
        if (IsTraining && _numBatchesTracked is { } count && !x.Device.IsMeta)
        {
            using Autograd.Mode noGrad = Autograd.NoGrad();
            count.Value.CopyFrom(count.Value + 1);
        }
        return y;
    }

    /// <summary>That the input has the axes that the layer is for.</summary>
    private protected abstract void RequireInput(Tensor x);

    /// <summary>Computes the output.</summary>
    /// <param name="x">The input, which fits.</param>
    /// <param name="usesInput">Whether the statistics are those of the input, which then enter the running ones; otherwise they are the running ones.</param>
    private protected abstract Tensor Normalize(Tensor x, bool usesInput);

    /// <summary>The text of the layer, with what differs from the defaults.</summary>
    private protected string Describe(string others) =>
        $"{GetType().Name}({LayerArguments.Describe(Features)}{(Eps == 1e-5 ? "" : $", eps {Eps}")}{(Momentum == 0.1 ? "" : $", momentum {Momentum}")}{others})";

    private void Complete(Tensor x)
    {
        long features = x.Shape[1];
        if (features == 0)
            throw new ShapeException($"input {x.Shape} has no channels on axis 1. Give it at least one.");
        lock (_lock)
        {
            if (!_isOpen)
                return;
            _weight?.Initialize(Tensor.Ones([features], _dtype), x.Device);
            _bias?.Initialize(Tensor.Zeros([features], _dtype), x.Device);
            _runningMean?.Initialize(Tensor.Zeros([features], _dtype), x.Device);
            _runningVariance?.Initialize(Tensor.Ones([features], _dtype), x.Device);
            Volatile.Write(ref _isOpen, false);
        }
    }
}
