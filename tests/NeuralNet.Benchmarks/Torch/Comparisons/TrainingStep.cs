using TorchSharp;
using TorchParameter = TorchSharp.Modules.Parameter;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>The usual loop: gradients to zero, forward, loss, backward, step. Ours has no scope.</summary>
internal sealed class TrainingStep : Comparison
{
    /// <summary>So small that the network does not change while it is timed: no gradient dies away, no number becomes subnormal.</summary>
    private const double TimedRate = 1e-7;

    private const double LargestShare = 0.02;

    private readonly Network _network;
    private readonly OptimizerKind _kind;
    private readonly Device _device;
    private readonly Layer _model;
    private readonly Loss _loss;
    private readonly Optimizer _optimizer;
    private readonly Tensor _x;
    private readonly Tensor _y;
    private readonly TorchTraining _theirs;
    private readonly TorchTraining? _channelsLast;

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
        _x = Tensor.From(network.Inputs(), network.InputShape, device);
        _y = network.Targets(device);
        _theirs = new(network, _model, kind, rate, channelsLast: false);
        _channelsLast = network.HasTwoLayouts ? new(network, _model, kind, rate, channelsLast: true) : null;
    }

    public override bool RecordsGradients => true;

    public override bool HasTwoLayouts => _channelsLast is not null;

    /// <summary>Trains a second pair for a few steps and compares each loss, and the weights, or what the steps added to them, at the end.</summary>
    public override void Verify(string name)
    {
        using TrainingStep pair = new(_device, _network, _kind, _kind.VerifiedRate * _network.RateFactor);
        float[][] before = [.. pair._model.Parameters().Select(parameter => parameter.Value.ToArray<float>())];
        for (int step = 0; step < _network.VerifiedSteps; step++)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            float[] loss = pair.StepOurs().ToArray<float>();
            Tolerance.Training.Require($"{name}, loss {step}", loss, Values.ToArray(pair._theirs.Step()));
            if (pair._channelsLast is { } channelsLast)
                Tolerance.Training.Require($"{name}, loss {step}, channels last", loss, Values.ToArray(channelsLast.Step()));
        }
        Parameter[] ours = [.. pair._model.Parameters()];
        TorchParameter[] theirs = pair._theirs.Parameters;
        for (int i = 0; i < ours.Length; i++)
        {
            (float[] our, float[] their) = (ours[i].Value.ToArray<float>(), Values.ToArray(theirs[i]));
            if (_network.AmplifiesRounding)
                RequireSameChange($"{name}, parameter {i}", before[i], our, their);
            else
                Tolerance.Training.Require($"{name}, parameter {i}", our, their);
        }
    }

    public override void Ours() => StepOurs();

    public override void Theirs()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        _theirs.Step();
    }

    public override void TheirsChannelsLast()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        _channelsLast!.Step();
    }

    public override void Dispose()
    {
        _theirs.Dispose();
        _channelsLast?.Dispose();
    }

    /// <summary>That the steps moved a parameter as a whole to the same place; single elements may differ, where a maximum or a ReLU tipped over.</summary>
    private static void RequireSameChange(string what, float[] before, float[] ours, float[] theirs)
    {
        double distance = 0, change = 0;
        for (int i = 0; i < before.Length; i++)
        {
            distance += Math.Pow(ours[i] - theirs[i], 2);
            change += Math.Pow(theirs[i] - before[i], 2);
        }
        double share = Math.Sqrt(distance / change);
        if (!(share <= LargestShare))
            throw new ValuesDifferException($"{what}: the change here and in libtorch differ by {share:P2} of it.");
    }

    private Tensor StepOurs()
    {
        _optimizer.ZeroGrad();
        Tensor loss = _loss.Forward(_model.Forward(_x), _y);
        loss.Backward();
        _optimizer.Step();
        return loss;
    }
}
