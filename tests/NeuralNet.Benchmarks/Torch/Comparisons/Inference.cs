using TorchSharp;
using TorchModule = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>The forward pass of a trained network: evaluation mode, gradients off on both sides.</summary>
internal sealed class Inference : Comparison
{
    private readonly Layer _model;
    private readonly Tensor _x;
    private readonly (TorchModule Model, torch.Tensor X) _standard;
    private readonly (TorchModule Model, torch.Tensor X)? _channelsLast;

    public Inference(Device device, Network network)
    {
        _model = network.CreateModel(device);
        _model.Eval();
        _x = Tensor.From(network.Inputs(), network.InputShape, device);
        _standard = Theirs(network, channelsLast: false);
        _channelsLast = network.HasTwoLayouts ? Theirs(network, channelsLast: true) : null;
    }

    public override bool HasTwoLayouts => _channelsLast is not null;

    public override void Verify(string name)
    {
        using TensorScope scope = new();
        using DisposeScope theirScope = torch.NewDisposeScope();
        float[] ours = _model.Forward(_x).ToArray<float>();
        Tolerance tolerance = HasTwoLayouts ? Tolerance.Training : Tolerance.Product(_x.Shape[1]);
        foreach ((TorchModule model, torch.Tensor x) in ((TorchModule, torch.Tensor)[])[_standard, _channelsLast ?? _standard])
            tolerance.Require(name, ours, Values.ToArray(model.call(x)));
    }

    public override void Ours()
    {
        using TensorScope scope = new();
        _model.Forward(_x);
    }

    public override void Theirs() => Run(_standard);

    public override void TheirsChannelsLast() => Run(_channelsLast!.Value);

    public override void Dispose()
    {
        foreach ((TorchModule model, torch.Tensor x) in ((TorchModule, torch.Tensor)[])[_standard, _channelsLast ?? _standard])
        {
            model.Dispose();
            x.Dispose();
        }
    }

    private static void Run((TorchModule Model, torch.Tensor X) theirs)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        theirs.Model.call(theirs.X);
    }

    private (TorchModule Model, torch.Tensor X) Theirs(Network network, bool channelsLast)
    {
        TorchModule model = network.CopyModel(_model, channelsLast);
        model.eval();
        return (model, network.TheirInputs(channelsLast));
    }
}
