namespace NeuralNet;

/// <summary>Stochastic gradient descent, with momentum, Nesterov's momentum and weight decay if wanted.</summary>
/// <remarks>
/// g ← g + λ·θ; with momentum μ: v ← μ·v + (1 − τ)·g (v ← g in the first step), and g ← v, or g ← g + μ·v with Nesterov's; θ ← θ − η·g.
/// Polyak, 1964; Nesterov, 1983; in the form of Sutskever et al., "On the importance of initialization and momentum in deep learning",
/// 2013, as PyTorch has it.
/// </remarks>
/// <example><code>var optimizer = new Sgd(model.Parameters(), learningRate: 0.1, momentum: 0.9, nesterov: true);</code></example>
public sealed class Sgd : Optimizer
{
    private readonly SgdUpdate _update = new();
    private readonly double _momentum;
    private readonly double _dampening;
    private readonly double _weightDecay;
    private readonly bool _nesterov;
    private readonly bool _maximize;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">The step size η.</param>
    /// <param name="momentum">The share μ of the last step that is kept.</param>
    /// <param name="dampening">The share τ of the gradient that does not enter the momentum.</param>
    /// <param name="weightDecay">The factor λ of the parameter that is added to its gradient.</param>
    /// <param name="nesterov">Whether the gradient is looked up ahead; needs a momentum and no dampening.</param>
    /// <param name="maximize">Whether to climb instead.</param>
    /// <exception cref="ArgumentException">A number is out of range, or Nesterov's momentum has no momentum or a dampening.</exception>
    public Sgd(
        IEnumerable<Parameter> parameters,
        double learningRate = 1e-3,
        double momentum = 0,
        double dampening = 0,
        double weightDecay = 0,
        bool nesterov = false,
        bool maximize = false)
        : base(parameters, learningRate)
    {
        RequireNotNegative(nameof(momentum), momentum);
        RequireNotNegative(nameof(dampening), dampening);
        RequireNotNegative(nameof(weightDecay), weightDecay);
        if (nesterov && (momentum <= 0 || dampening != 0))
            throw new ArgumentException($"Sgd: Nesterov's momentum with momentum {momentum} and dampening {dampening}. It needs a "
                + "positive momentum and no dampening.", nameof(nesterov));
        _momentum = momentum;
        _dampening = dampening;
        _weightDecay = weightDecay;
        _nesterov = nesterov;
        _maximize = maximize;
    }

    private protected override bool BorrowsGradients => true;

    /// <inheritdoc/>
    /// <remarks>The change is made at the end of <see cref="Optimizer.Step"/>, with those of all other parameters.</remarks>
    protected override void Update(Tensor parameter, Tensor gradient, OptimizerState state)
    {
        Tensor? velocity = _momentum == 0 ? null : state.Get("momentum_buffer", parameter);
        _update.Add(parameter, gradient, velocity, new()
        {
            LearningRate = _maximize ? -LearningRate : LearningRate,
            Momentum = _momentum,
            // The first step starts the velocity with the whole gradient.
            GradientShare = state.Step == 1 ? 1 : 1 - _dampening,
            WeightDecay = _maximize ? -_weightDecay : _weightDecay,
            Nesterov = _nesterov,
        });
    }

    private protected override void CompleteStep() => _update.Run();
}
