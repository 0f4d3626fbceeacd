namespace NeuralNet;

/// <summary>What the layers <see cref="BatchNorm1D"/>, <see cref="BatchNorm2D"/> and <see cref="BatchNorm3D"/> share.</summary>
public abstract class BatchNormLayer : Layer
{
    private readonly double _eps;
    private readonly double _momentum;
    private readonly long _features;
    private readonly Parameter? _weight;
    private readonly Parameter? _bias;
    private readonly StateTensor? _runningMean;

    [StateName("running_var")]
    private readonly StateTensor? _runningVariance;

    private readonly StateTensor? _numBatchesTracked;

    private protected BatchNormLayer(long features, double eps, double momentum, bool affine, bool trackRunningStats, DType dtype)
    {
        string name = GetType().Name;
        LayerArguments.RequirePositive(name, nameof(features), features);
        LayerArguments.RequireProbability(name, nameof(momentum), momentum);
        LayerArguments.RequireEpsilon(name, eps);
        (_features, _eps, _momentum) = (features, eps, momentum);
        if (affine)
        {
            _weight = new(Tensor.Ones([features], dtype));
            _bias = new(Tensor.Zeros([features], dtype));
        }
        if (trackRunningStats)
        {
            _runningMean = new(Tensor.Zeros([features], dtype));
            _runningVariance = new(Tensor.Ones([features], dtype));
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

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name}({_features}{(_eps == 1e-5 ? "" : $", eps {_eps}")}{(_momentum == 0.1 ? "" : $", momentum {_momentum}")}"
        + $"{(_weight is null ? ", not affine" : "")}{(_runningMean is null ? ", no running statistics" : "")})";

    /// <inheritdoc/>
    protected sealed override Tensor Compute(Tensor x)
    {
        RequireInput(x);
        if (x.Shape[1] != _features)
            throw new ShapeException($"expected {_features} channels on axis 1, got {x.Shape[1]}; input {x.Shape}. Build the layer for {x.Shape[1]}.");
        bool usesBatch = IsTraining || _runningMean is null;
        Tensor y = x.BatchNorm(_runningMean?.Value, _runningVariance?.Value, _weight?.Value, _bias?.Value, usesBatch, _momentum, _eps);
        if (IsTraining && _numBatchesTracked is { } count && !x.Device.IsMeta)
        {
            using Autograd.Mode noGrad = Autograd.NoGrad();
            count.Value.CopyFrom(count.Value + 1);
        }
        return y;
    }

    /// <summary>That the input has the axes that the layer is for.</summary>
    private protected abstract void RequireInput(Tensor x);
}
