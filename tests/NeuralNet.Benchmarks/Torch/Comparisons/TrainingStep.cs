using TorchSharp;
using TorchParameter = TorchSharp.Modules.Parameter;
using TorchSequential = TorchSharp.Modules.Sequential;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>The usual loop: gradients to zero, forward, loss, backward, step. Ours has no scope.</summary>
internal sealed class TrainingStep : Comparison
{
    /// <summary>So small that the network does not change while it is timed: no gradient dies away, no number becomes subnormal.</summary>
    private const double TimedRate = 1e-7;

    private const int VerifiedSteps = 8;

    private readonly Network _network;
    private readonly OptimizerKind _kind;
    private readonly Device _device;
    private readonly Sequential _model;
    private readonly Loss _loss;
    private readonly Optimizer _optimizer;
    private readonly Tensor _x;
    private readonly Tensor _y;
    private readonly TorchSequential _theirModel;
    private readonly torch.optim.Optimizer _theirOptimizer;
    private readonly torch.Tensor _theirX;
    private readonly torch.Tensor _theirY;

    public TrainingStep(Device device, Network network, OptimizerKind kind)
        : this(device, network, kind, TimedRate)
    {
    }

    private TrainingStep(Device device, Network network, OptimizerKind kind, double rate)
    {
        _device = device;
        _network = network;
        _kind = kind;
        _model = network.CreateModel(device);
        _loss = network.CreateLoss();
        _optimizer = kind.Ours(_model.Parameters(), rate);
        _x = Tensor.From(network.Inputs(), new Shape(network.Batch, network.Sizes[0]), device);
        _y = network.Targets(device);
        _theirModel = TorchModels.Copy(_model);
        _theirOptimizer = kind.Theirs(_theirModel.parameters(recurse: true), rate);
        _theirX = Values.ToTorch(network.Inputs(), [network.Batch, network.Sizes[0]]);
        _theirY = network.TheirTargets();
    }

    public override bool RecordsGradients => true;

    /// <summary>Trains a second pair for a few steps and compares each loss, and the weights at the end.</summary>
    public override void Verify(string name)
    {
        using TrainingStep pair = new(_device, _network, _kind, _kind.VerifiedRate);
        for (int step = 0; step < VerifiedSteps; step++)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            Tolerance.Training.Require($"{name}, loss {step}", pair.StepOurs().ToArray<float>(), Values.ToArray(pair.StepTheirs()));
        }
        Parameter[] ours = [.. pair._model.Parameters()];
        TorchParameter[] theirs = [.. pair._theirModel.parameters(recurse: true)];
        for (int i = 0; i < ours.Length; i++)
            Tolerance.Training.Require($"{name}, parameter {i}", ours[i].Value.ToArray<float>(), Values.ToArray(theirs[i]));
    }

    public override void Ours() => StepOurs();

    public override void Theirs()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        StepTheirs();
    }

    public override void Dispose()
    {
        _theirOptimizer.Dispose();
        _theirModel.Dispose();
        _theirX.Dispose();
        _theirY.Dispose();
    }

    private Tensor StepOurs()
    {
        _optimizer.ZeroGrad();
        Tensor loss = _loss.Forward(_model.Forward(_x), _y);
        loss.Backward();
        _optimizer.Step();
        return loss;
    }

    private torch.Tensor StepTheirs()
    {
        _theirOptimizer.zero_grad();
        torch.Tensor loss = _network.TheirLoss(_theirModel.call(_theirX), _theirY);
        loss.backward();
        _theirOptimizer.step();
        return loss;
    }
}
