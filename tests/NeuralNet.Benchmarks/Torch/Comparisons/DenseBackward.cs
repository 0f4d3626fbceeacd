using TorchSharp;
using TorchLinear = TorchSharp.Modules.Linear;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>A dense layer with bias and ReLU, inside a network: forward, and the gradients of input, weight and bias.</summary>
internal sealed class DenseBackward : Comparison
{
    private readonly Dense _layer;
    private readonly Tensor _x;
    private readonly Tensor _dy;
    private readonly TorchLinear _theirLayer;
    private readonly torch.Tensor _theirX;
    private readonly torch.Tensor _theirDy;
    private readonly long _inFeatures;

    public DenseBackward(Device device, long batch, long inFeatures, long outFeatures)
    {
        _inFeatures = inFeatures;
        _layer = new(inFeatures, outFeatures, bias: true, activation: new ReLU(), generator: new RandomGenerator(seed: 1));
        _layer.To(device);
        _x = Tensor.From(Values.Uniform(batch * inFeatures, -0.5f, 0.5f, seed: 2), new Shape(batch, inFeatures), device);
        _x.RequiresGrad = true;
        _dy = Tensor.From(Values.Uniform(batch * outFeatures, -0.5f, 0.5f, seed: 3), new Shape(batch, outFeatures), device);
        _theirLayer = TorchModels.Copy(_layer);
        _theirX = Values.ToTorch(_x).requires_grad_(true);
        _theirDy = Values.ToTorch(_dy);
    }

    public override bool RecordsGradients => true;

    public override void Verify(string name)
    {
        Ours();
        Theirs();
        var tolerance = Tolerance.Product(_inFeatures);
        tolerance.Require($"{name}, dx", _x.Grad!.ToArray<float>(), Values.ToArray(_theirX.grad!));
        tolerance.Require($"{name}, dW", _layer.Weight.Grad!.ToArray<float>(), Values.ToArray(_theirLayer.weight!.grad!));
        tolerance.Require($"{name}, db", _layer.Bias!.Grad!.ToArray<float>(), Values.ToArray(_theirLayer.bias!.grad!));
    }

    public override void Ours()
    {
        using TensorScope scope = new();
        _layer.ZeroGrad();
        _x.Grad = null;
        _layer.Forward(_x).Backward(_dy);
    }

    public override void Theirs()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        _theirLayer.zero_grad(set_to_none: true);
        _theirX.grad = null;
        _theirLayer.call(_theirX).relu().backward([_theirDy], create_graph: false);
    }

    public override void Dispose()
    {
        _theirLayer.Dispose();
        _theirX.Dispose();
        _theirDy.Dispose();
    }
}
