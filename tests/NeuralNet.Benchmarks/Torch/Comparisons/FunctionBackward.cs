using TorchSharp;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>A function of one tensor, forward and backward.</summary>
internal sealed class FunctionBackward : Comparison
{
    private readonly Func<Tensor, Tensor> _ours;
    private readonly Func<torch.Tensor, torch.Tensor> _theirs;
    private readonly Tensor _x;
    private readonly Tensor _dy;
    private readonly torch.Tensor _theirX;
    private readonly torch.Tensor _theirDy;

    /// <summary>Takes a function that keeps the shape.</summary>
    public FunctionBackward(Tensor x, Func<Tensor, Tensor> ours, Func<torch.Tensor, torch.Tensor> theirs)
    {
        _ours = ours;
        _theirs = theirs;
        _x = x.RequireGrad();
        _dy = Inputs.Uniform(x.Device, x.Shape.ToArray(), -1, 1, number: 1);
        _theirX = Values.ToTorch(x).requires_grad_(true);
        _theirDy = Values.ToTorch(_dy);
    }

    public override bool RecordsGradients => true;

    public override void Verify(string name)
    {
        Ours();
        Theirs();
        Tolerance.Sum.Require($"{name}, dx", _x.Grad!.ToArray<float>(), Values.ToArray(_theirX.grad!));
    }

    public override void Ours()
    {
        using TensorScope scope = new();
        _x.Grad = null;
        _ours(_x).Backward(_dy);
    }

    public override void Theirs()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        _theirX.grad = null;
        _theirs(_theirX).backward([_theirDy], create_graph: false);
    }

    public override void Dispose()
    {
        _theirX.Dispose();
        _theirDy.Dispose();
    }
}
