using NeuralNet.Backends;
using NeuralNet.Memory;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>
    /// Runs a function of this tensor and forgets what it computed on the way: it runs again in the backward pass, where draws from
    /// <see cref="RandomGenerator.Current"/> are the same.
    /// </summary>
    /// <param name="function">The function, which gives the same each time, and changes nothing.</param>
    /// <param name="captured">Other tensors that it uses and that get gradients.</param>
    /// <returns>The function's result.</returns>
    /// <remarks>See <see cref="NeuralNet.Checkpoint"/> for layers.</remarks>
    public Tensor Checkpoint(Func<Tensor, Tensor> function, params ReadOnlySpan<Tensor> captured)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Checkpoint(function, [], captured);
    }

    /// <param name="function">The function.</param>
    /// <param name="generators">The generators that it keeps and draws from.</param>
    /// <param name="captured">What else it uses.</param>
    internal Tensor Checkpoint(Func<Tensor, Tensor> function, RandomGenerator[] generators, ReadOnlySpan<Tensor> captured) =>
        Op.Apply(new CheckpointOp(function, generators), [this, .. captured]);
}

/// <summary>A function as one node; its inputs are the function's and what else it uses.</summary>
internal sealed class CheckpointOp : Op
{
    private readonly Func<Tensor, Tensor> _function;
    private readonly (RandomGenerator Generator, ulong Position)[] _states;
    private readonly RandomGenerator _ambient;
    private readonly ulong _ambientPosition;

    public CheckpointOp(Func<Tensor, Tensor> function, RandomGenerator[] generators)
    {
        _function = function;
        _states = [.. generators.Select(generator => (generator, generator.Position))];
        _ambient = RandomGenerator.Current;
        _ambientPosition = _ambient.Position;
    }

    public override bool RunsUserCode => true;

    protected override Saves Saves => Saves.Inputs;

    protected override Tensor Execute(Device device, ReadOnlySpan<Tensor> inputs)
    {
        Tensor output;
        using (Autograd.NoGrad())
            output = _function(inputs[0].Detach());
        if (output is null)
            throw new InvalidOperationException($"{Name}: the function returned null. Return a tensor.");
        // The handle becomes a node of the graph, so it must be no tensor that somebody else holds.
        return output.Detach();
    }

    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs) => throw new System.Diagnostics.UnreachableException();

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) =>
        throw new System.Diagnostics.UnreachableException();

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        bool createGraph = AmbientContext.GradientsEnabled;
        Tensor[] targets = new Tensor[gradients.Length];
        for (int i = 0; i < targets.Length; i++)
            targets[i] = SavedInput(i);
        if (!createGraph && NeedsGradient(0))
            targets[0] = targets[0].Detach().RequireGrad();
        using Autograd.Mode mode = Autograd.EnableGrad();
        Tensor y = Recompute(targets[0]);
        if (!y.RequiresGrad)
            return;
        List<int> needed = [];
        for (int i = 0; i < targets.Length; i++)
        {
            if (NeedsGradient(i))
                needed.Add(i);
        }
        Tensor[] found = Gradients.Of(y, [.. needed.Select(i => targets[i])], dy, createGraph: createGraph);
        for (int i = 0; i < found.Length; i++)
            gradients[needed[i]] = found[i];
    }

    /// <summary>Runs the function with the random numbers of the first time.</summary>
    private Tensor Recompute(Tensor x)
    {
        bool? outer = AmbientContext.GradientsOnThread;
        ulong[] positions = [.. _states.Select(state => state.Generator.Position)];
        AmbientContext.GradientsOnThread = null;
        try
        {
            foreach ((RandomGenerator generator, ulong position) in _states)
                generator.Position = position;
            using IDisposable ambient = RandomGenerator.Use(new(_ambient.Seed) { Position = _ambientPosition });
            return _function(x);
        }
        finally
        {
            for (int i = 0; i < positions.Length; i++)
                _states[i].Generator.Position = positions[i];
            AmbientContext.GradientsOnThread = outer;
        }
    }
}
