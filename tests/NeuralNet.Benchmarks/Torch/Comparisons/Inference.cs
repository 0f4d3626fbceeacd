using TorchSharp;
using TorchSequential = TorchSharp.Modules.Sequential;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>The forward pass of a trained network: evaluation mode, gradients off on both sides.</summary>
internal sealed class Inference : Comparison
{
    private readonly Sequential _model;
    private readonly Tensor _x;
    private readonly TorchSequential _theirModel;
    private readonly torch.Tensor _theirX;

    public Inference(Device device, Network network)
    {
        _model = network.CreateModel(device);
        _model.Eval();
        _x = Tensor.From(network.Inputs(), new Shape(network.Batch, network.Sizes[0]), device);
        _theirModel = TorchModels.Copy(_model);
        _theirModel.eval();
        _theirX = Values.ToTorch(network.Inputs(), [network.Batch, network.Sizes[0]]);
    }

    public override void Verify(string name)
    {
        using TensorScope scope = new();
        using torch.Tensor their = _theirModel.call(_theirX);
        Tolerance.Product(_x.Shape[1]).Require(name, _model.Forward(_x).ToArray<float>(), Values.ToArray(their));
    }

    public override void Ours()
    {
        using TensorScope scope = new();
        _model.Forward(_x);
    }

    public override void Theirs()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        _theirModel.call(_theirX);
    }

    public override void Dispose()
    {
        _theirModel.Dispose();
        _theirX.Dispose();
    }
}
