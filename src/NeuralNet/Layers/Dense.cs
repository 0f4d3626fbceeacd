namespace NeuralNet;

/// <summary>A fully connected layer: y = x · weightᵀ + bias, then an activation.</summary>
/// <remarks>
/// Input [… , in], output [… , out]. Parameters <c>weight</c> of [out, in] and <c>bias</c> of [out], both drawn from U(−1/√in, 1/√in)
/// unless initialisers are given; with an open size of the input when the first input tells it. A ReLU, Tanh or Sigmoid is applied in place,
/// with the same bits as the separate layer.
/// </remarks>
/// <example><code>var layer = new Dense(784, 128, activation: new ReLU());</code></example>
public sealed class Dense : Layer
{
    private readonly long _outFeatures;
    private readonly Parameter _weight;
    private readonly Parameter? _bias;
    private readonly Layer? _activation;
    private readonly Func<long, (Parameter Weight, Parameter? Bias)> _draw;

    /// <summary>Creates the layer.</summary>
    /// <param name="inFeatures">The size of the input's last axis; −1 to take that of the first input.</param>
    /// <param name="outFeatures">The size of the output's last axis.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="activation">The function that is applied to the result, or null.</param>
    /// <param name="weightInitializer">How the weight is drawn; PyTorch's default if left out.</param>
    /// <param name="biasInitializer">How the bias is drawn; PyTorch's default if left out.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <param name="generator">The source of randomness; <see cref="RandomGenerator.Current"/> if left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is zero or negative.</exception>
    public Dense(
        long inFeatures,
        long outFeatures,
        bool bias = true,
        Layer? activation = null,
        Initializer? weightInitializer = null,
        Initializer? biasInitializer = null,
        DType dtype = DType.Float32,
        RandomGenerator? generator = null)
    {
        LayerArguments.RequirePositiveOrOpen(nameof(Dense), nameof(inFeatures), inFeatures);
        LayerArguments.RequirePositive(nameof(Dense), nameof(outFeatures), outFeatures);
        _outFeatures = outFeatures;
        _activation = activation;
        _draw = Draw;
        if (inFeatures == LayerArguments.Open)
            (_weight, _bias) = (new(nameof(Dense)), bias ? new(nameof(Dense)) : null);
        else
            (_weight, _bias) = Draw(inFeatures);

        (Parameter Weight, Parameter? Bias) Draw(long features)
        {
            double bound = 1 / Math.Sqrt(features);
            Parameter weight = new((weightInitializer ?? Initializer.KaimingUniform(a: Math.Sqrt(5))).Create([outFeatures, features], dtype, generator));
            if (!bias)
                return (weight, null);
            return (weight, new((biasInitializer ?? Initializer.Uniform(-bound, bound)).Create([outFeatures], dtype, generator)));
        }
    }

    /// <summary>Gets the weight, of [out, in].</summary>
    public Parameter Weight => _weight;

    /// <summary>Gets the bias, of [out]; null without one.</summary>
    public Parameter? Bias => _bias;

    /// <summary>Gets the function that is applied to the result, or null.</summary>
    public Layer? Activation => _activation;

    internal override bool IsOfLibrary => base.IsOfLibrary && (_activation is null || _activation.IsOfLibrary);

    /// <inheritdoc/>
    public override string ToString() => $"Dense({(_weight.IsInitialized ? $"{_weight.Shape[1]}" : "?")} → "
        + $"{_outFeatures}{(_bias is null ? ", no bias" : "")}{(_activation is null ? "" : $", {_activation}")})";

    internal override bool TakesActivation => _activation is null && !HasHooks;

    internal override Tensor ForwardWith(IResultActivation activation, Tensor x)
    {
        RequireInput(x);
        return x.Linear(_weight, _bias?.Value, activation);
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        if (_activation is { HasHooks: false, ResultActivation: { } function })
        {
            Tensor activated = ForwardWith(function, x);
            LayerPath.RecordFused(_activation, activated);
            return activated;
        }
        RequireInput(x);
        Tensor y = x.Linear(_weight, _bias?.Value);
        if (_activation is null)
            return y;
        return LayerArguments.Activate(_activation, y);
    }

    private void RequireInput(Tensor x)
    {
        if (!_weight.IsInitialized)
            Complete(x);
        if (x.Rank == 0 || x.Shape[-1] != _weight.Shape[1])
        {
            throw new ShapeException(
                $"expected {_weight.Shape[1]} input features on the last axis, got {(x.Rank == 0 ? "a scalar" : x.Shape[-1])}; input "
                    + $"{x.Shape}, weight {_weight.Shape}. Flatten or Reshape the input, or build the layer for "
                    + $"{(x.Rank == 0 ? "it" : $"{x.Shape[-1]} features")}.");
        }
    }

    private void Complete(Tensor x)
    {
        if (x.Rank == 0 || x.Shape[-1] == 0)
            throw new ShapeException($"input {x.Shape} has no features on its last axis. Give it at least one.");
        lock (_draw)
        {
            if (_weight.IsInitialized)
                return;
            (Parameter weight, Parameter? bias) = _draw(x.Shape[-1]);
            _bias?.Initialize(bias!.Value, x.Device);
            _weight.Initialize(weight.Value, x.Device);
        }
    }
}
