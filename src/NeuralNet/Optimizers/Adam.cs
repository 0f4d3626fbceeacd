namespace NeuralNet;

/// <summary>Adam: steps scaled by running means of the gradient and of its square.</summary>
/// <remarks>
/// g ← g + λ·θ; m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²; θ ← θ − η/(1 − β₁ᵗ) · m/(√v/√(1 − β₂ᵗ) + ε). With AMSGrad the largest v so
/// far takes its place. Kingma and Ba, "Adam: a method for stochastic optimization", 2015; Reddi et al., "On the convergence of Adam and
/// beyond", 2018.
/// </remarks>
/// <example><code>var optimizer = new Adam(model.Parameters(), learningRate: 1e-3);</code></example>
public sealed class Adam : Optimizer
{
    private readonly AdamUpdate _update = new();
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly double _weightDecay;
    private readonly bool _amsgrad;
    private readonly bool _maximize;
    private long _correctedStep;
    private double _meanCorrection;
    private double _squareCorrection;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">The step size η.</param>
    /// <param name="beta1">The decay β₁ of the mean of gradients.</param>
    /// <param name="beta2">The decay β₂ of the mean of squares.</param>
    /// <param name="epsilon">What keeps the division from 0.</param>
    /// <param name="weightDecay">The factor λ of the parameter that is added to its gradient.</param>
    /// <param name="amsgrad">Whether the largest mean of squares so far is used.</param>
    /// <param name="maximize">Whether to climb instead.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public Adam(
        IEnumerable<Parameter> parameters,
        double learningRate = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double weightDecay = 0,
        bool amsgrad = false,
        bool maximize = false)
        : base(parameters, learningRate)
    {
        RequireDecay(nameof(beta1), beta1);
        RequireDecay(nameof(beta2), beta2);
        RequireNotNegative(nameof(epsilon), epsilon);
        RequireNotNegative(nameof(weightDecay), weightDecay);
        _beta1 = beta1;
        _beta2 = beta2;
        _epsilon = epsilon;
        _weightDecay = weightDecay;
        _amsgrad = amsgrad;
        _maximize = maximize;
    }

    private protected override bool BorrowsGradients => true;

    /// <inheritdoc/>
    /// <remarks>The change is made at the end of <see cref="Optimizer.Step"/>, with those of all other parameters.</remarks>
    protected override void Update(Tensor parameter, Tensor gradient, OptimizerState state)
    {
        Tensor mean = state.Get("exp_avg", parameter);
        Tensor square = state.Get("exp_avg_sq", parameter);
        Tensor? largest = _amsgrad ? state.Get("max_exp_avg_sq", parameter) : null;
        if (state.Step != _correctedStep)
            Correct(state.Step);
        _update.Add(parameter, gradient, mean, square, largest, new()
        {
            StepSize = LearningRate / _meanCorrection,
            Beta1 = _beta1,
            Beta2 = _beta2,
            SquareCorrection = _squareCorrection,
            Epsilon = _epsilon,
            WeightDecay = _weightDecay,
            Sign = _maximize ? -1 : 1,
        });
    }

    private protected override void CompleteStep() => _update.Run();

    /// <summary>Computes what most parameters, which made as many steps, have in common.</summary>
    private void Correct(long step)
    {
        _correctedStep = step;
        _meanCorrection = 1 - Math.Pow(_beta1, step);
        _squareCorrection = 1 / Math.Sqrt(1 - Math.Pow(_beta2, step));
    }
}
