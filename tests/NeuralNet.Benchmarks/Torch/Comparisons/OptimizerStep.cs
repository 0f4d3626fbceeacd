using TorchSharp;
using TorchParameter = TorchSharp.Modules.Parameter;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>The step of an optimizer over four layers' weights and biases, with gradients that stay.</summary>
internal sealed class OptimizerStep : Comparison
{
    private const int Layers = 4;
    private const int VerifiedSteps = 3;
    private const double LearningRate = 1e-3;

    private readonly List<Parameter> _ours = [];
    private readonly List<TorchParameter> _theirs = [];
    private readonly Optimizer _optimizer;
    private readonly torch.optim.Optimizer _theirOptimizer;

    /// <summary>Makes four layers of outFeatures·(inFeatures + 1) parameters each.</summary>
    public OptimizerStep(Device device, OptimizerKind kind, long outFeatures, long inFeatures)
    {
        for (int layer = 0; layer < Layers; layer++)
        {
            Add(device, new(outFeatures, inFeatures), seed: 4 * layer);
            Add(device, new(outFeatures), seed: 4 * layer + 2);
        }
        _optimizer = kind.Ours(_ours, LearningRate);
        _theirOptimizer = kind.Theirs(_theirs, LearningRate);
    }

    public override void Verify(string name)
    {
        for (int step = 0; step < VerifiedSteps; step++)
        {
            Ours();
            Theirs();
        }
        for (int i = 0; i < _ours.Count; i++)
            Tolerance.Elementwise.Require($"{name}, parameter {i}", _ours[i].Value.ToArray<float>(), Values.ToArray(_theirs[i]));
    }

    public override void Ours() => _optimizer.Step();

    public override void Theirs()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        _theirOptimizer.step();
    }

    public override void Dispose()
    {
        _theirOptimizer.Dispose();
        foreach (TorchParameter parameter in _theirs)
            parameter.Dispose();
    }

    private void Add(Device device, Shape shape, int seed)
    {
        float[] values = Values.Uniform(shape.Length, -0.5f, 0.5f, seed), gradients = Values.Uniform(shape.Length, -0.5f, 0.5f, seed + 1);
        _ours.Add(new Parameter(Tensor.From(values, shape, device)) { Grad = Tensor.From(gradients, shape, device) });
        TorchParameter parameter = new(Values.ToTorch(values, shape.ToArray()), requires_grad: true);
        parameter.grad = Values.ToTorch(gradients, shape.ToArray());
        _theirs.Add(parameter);
    }
}
