using NeuralNet.Memory;

namespace NeuralNet;

/// <summary>Changes parameters by their gradients. Your own optimizer is one method, <see cref="Update"/>.</summary>
/// <example>
/// <code>
/// optimizer.ZeroGrad();
/// loss.Backward();
/// optimizer.Step();
/// </code>
/// </example>
public abstract class Optimizer
{
    private readonly Parameter[] _parameters;
    private readonly OptimizerState[] _states;

    /// <summary>What holds the memory of the gradients during a step that does not show them to anyone.</summary>
    private readonly Storage?[] _borrowed;

    /// <summary>Initialises an optimizer.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">The step size.</param>
    /// <exception cref="ArgumentException">There are no parameters, or one is null or occurs twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative or not finite.</exception>
    protected Optimizer(IEnumerable<Parameter> parameters, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = [.. parameters];
        if (_parameters.Length == 0)
            throw new ArgumentException($"{GetType().Name}: no parameters. Pass model.Parameters() of a model that has "
                + "some.", nameof(parameters));
        if (Array.IndexOf(_parameters, null) is var missing and >= 0)
            throw new ArgumentException($"{GetType().Name}: parameter {missing} of {_parameters.Length} is null.", nameof(parameters));
        if (_parameters.Distinct().Count() != _parameters.Length)
            throw new ArgumentException($"{GetType().Name}: {_parameters.Length - _parameters.Distinct().Count()} of "
                + $"{_parameters.Length} parameters occur twice. Pass each once.", nameof(parameters));
        _states = [.. _parameters.Select(_ => new OptimizerState())];
        _borrowed = new Storage?[_parameters.Length];
        LearningRate = learningRate;
    }

    /// <summary>Gets or sets the step size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double LearningRate
    {
        get;
        set
        {
            RequireNotNegative(nameof(LearningRate), value);
            field = value;
        }
    }

    /// <summary>Gets the parameters.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Gets what the optimizer remembers of each parameter.</summary>
    public IReadOnlyList<OptimizerState> States => _states;

    /// <summary>
    /// Whether <see cref="Update"/> keeps no gradient beyond the step. One that nobody but such an optimizer saw is freed when it is set to
    /// null, instead of waiting for the collector.
    /// </summary>
    private protected virtual bool BorrowsGradients => false;

    /// <summary>Sets the gradients of all parameters to null.</summary>
    public void ZeroGrad()
    {
        foreach (Parameter parameter in _parameters)
            parameter.Grad = null;
    }

    /// <summary>Changes each parameter that has a gradient.</summary>
    /// <exception cref="InvalidOperationException">The step is being captured, and the optimizer is not one of the library's.</exception>
    public void Step()
    {
        Recorded? recorded = StepRecording.Current is { } recording ? Record(recording) : null;
        bool? outer = AmbientContext.GradientsOnThread;
        AmbientContext.GradientsOnThread = false;
        try
        {
            for (int i = 0; i < _parameters.Length; i++)
            {
                if (GradientOf(i) is not { } gradient)
                    continue;
                recorded?.Add(i);
                _states[i].Step++;
                Update(_parameters[i].Value, gradient, _states[i]);
            }
        }
        finally
        {
            try
            {
                CompleteStep();
            }
            finally
            {
                for (int i = 0; i < _borrowed.Length; i++)
                {
                    _borrowed[i]?.RemoveOwner();
                    _borrowed[i] = null;
                }
                AmbientContext.GradientsOnThread = outer;
            }
        }
    }

    /// <summary>Changes one parameter, in place. Nothing is recorded here.</summary>
    /// <param name="parameter">The value to change.</param>
    /// <param name="gradient">Its gradient, of the same shape; not to be changed.</param>
    /// <param name="state">What is remembered of the parameter.</param>
    protected abstract void Update(Tensor parameter, Tensor gradient, OptimizerState state);

    /// <summary>Makes the changes that the library's own optimizers only collect in <see cref="Update"/>, all in one dispatch.</summary>
    private protected virtual void CompleteStep()
    {
    }

    private Recorded Record(StepRecording recording)
    {
        if (!BorrowsGradients)
            throw new InvalidOperationException($"{GetType().Name}: its steps cannot be captured, as nobody knows which of its numbers "
                + "change from step to step. Capture the rest, and call Step after each Replay.");
        Recorded recorded = new(this, recording.Device);
        recording.AddRepetition(recorded.Check, recorded.Repeat);
        return recorded;
    }

    private Tensor? GradientOf(int index) =>
        BorrowsGradients
            ? (_parameters[index].Value.Node as LeafNode)?.Borrow(out _borrowed[index])
            : _parameters[index].Grad;

    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    private protected void RequireNotNegative(string argument, double value)
    {
        if (!double.IsFinite(value) || value < 0)
            throw new ArgumentOutOfRangeException(argument, value, $"{GetType().Name}: {argument} is {value}. Give a finite number of "
                + "at least 0.");
    }

    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    private protected void RequireDecay(string argument, double value)
    {
        if (!(value >= 0 && value < 1))
            throw new ArgumentOutOfRangeException(argument, value, $"{GetType().Name}: {argument} is {value}. Give a number in [0, 1).");
    }

    /// <summary>A step that a device recorded; its kernels only need the numbers of each repetition.</summary>
    private sealed class Recorded(Optimizer optimizer, Device device)
    {
        private readonly List<(int Index, Tensor Value)> _changed = [];

        /// <summary>Adds a parameter that has a gradient.</summary>
        public void Add(int index)
        {
            Tensor value = optimizer._parameters[index].Value;
            if (!ReferenceEquals(value.Device, device))
                throw new InvalidOperationException($"{optimizer.GetType().Name}: parameter {index} is on {value.Device}, and the step is captured on {device}, which repeats "
                    + "only what is on it. Bring the model there, or give the rest an optimizer that is not in the step.");
            _changed.Add((index, value));
        }

        public void Check()
        {
            foreach ((int index, Tensor value) in _changed)
            {
                if (!ReferenceEquals(optimizer._parameters[index].Value, value))
                    throw new InvalidOperationException($"{optimizer.GetType().Name}: parameter {index} is another tensor than when the "
                        + "step was captured. Capture it again after a model was moved.");
            }
        }

        public void Repeat()
        {
            bool? outer = AmbientContext.GradientsOnThread;
            AmbientContext.GradientsOnThread = false;
            try
            {
                foreach ((int index, Tensor value) in _changed)
                {
                    OptimizerState state = optimizer._states[index];
                    state.Step++;
                    // Recorded kernels have the gradient: here the parameter itself stands for it.
                    optimizer.Update(value, value, state);
                }
            }
            finally
            {
                optimizer.CompleteStep();
                AmbientContext.GradientsOnThread = outer;
            }
        }
    }
}
