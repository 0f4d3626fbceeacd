using TorchSharp;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>An operation on images, inside a network: forward, or forward and the gradients of all operands.</summary>
/// <remarks>
/// Ours gets images with channels last, as they come from a layer before. libtorch is timed in both of its layouts, with the weight in the
/// same one.
/// </remarks>
internal sealed class ImageOperation : Comparison
{
    private readonly Tensor[] _inputs;
    private readonly Tensor _dy;
    private readonly torch.Tensor[] _standard;
    private readonly torch.Tensor[] _channelsLast;
    private readonly torch.Tensor _theirDy;
    private readonly torch.Tensor _theirDyChannelsLast;
    private readonly Func<Tensor[], Tensor> _ours;
    private readonly Func<torch.Tensor[], torch.Tensor> _theirs;
    private readonly bool _runsBackward;
    private readonly Tolerance _tolerance;

    public ImageOperation(
        Device device,
        long[][] sizes,
        Func<Tensor[], Tensor> ours,
        Func<torch.Tensor[], torch.Tensor> theirs,
        bool runsBackward,
        Tolerance tolerance)
    {
        _ours = ours;
        _theirs = theirs;
        _runsBackward = runsBackward;
        _tolerance = tolerance;
        Tensor[] values = [.. sizes.Select((size, i) => Inputs.Uniform(device, size, -0.5f, 0.5f, number: i))];
        _inputs = [.. values.Select((value, i) => i == 0 ? ChannelsLast(value) : value)];
        foreach (Tensor input in _inputs)
            input.RequiresGrad = runsBackward;
        _standard = [.. values.Select(value => Values.ToTorch(value).requires_grad_(runsBackward))];
        _channelsLast = [.. values.Select(value => ChannelsLast(Values.ToTorch(value)).requires_grad_(runsBackward))];
        Tensor y = ours(_inputs);
        Tensor dy = Inputs.Uniform(device, y.Shape.ToArray(), -0.5f, 0.5f, number: sizes.Length);
        _dy = ChannelsLast(dy);
        _theirDy = Values.ToTorch(dy);
        _theirDyChannelsLast = ChannelsLast(Values.ToTorch(dy));
    }

    public override bool RecordsGradients => _runsBackward;

    public override bool HasTwoLayouts => true;

    public override void Verify(string name)
    {
        using TensorScope scope = new();
        foreach (torch.Tensor[] inputs in (torch.Tensor[][])[_standard, _channelsLast])
        {
            using torch.Tensor their = _theirs(inputs);
            _tolerance.Require(name, _ours(_inputs).ToArray<float>(), Values.ToArray(their));
        }
        if (!_runsBackward)
            return;
        Ours();
        Theirs();
        for (int i = 0; i < _inputs.Length; i++)
        {
            float[] theirs = Values.ToArray(_standard[i].grad!);
            Tolerance tolerance = Tolerance.LongSum(theirs);
            // The gradient of images is a convolution too, by the same algorithm.
            if (i == 0)
                tolerance = tolerance with { Absolute = Math.Max(tolerance.Absolute, _tolerance.Absolute) };
            tolerance.Require($"{name}, gradient {i}", _inputs[i].Grad!.ToArray<float>(), theirs);
        }
    }

    public override void Ours()
    {
        using TensorScope scope = new();
        if (!_runsBackward)
        {
            _ours(_inputs);
            return;
        }
        foreach (Tensor input in _inputs)
            input.Grad = null;
        _ours(_inputs).Backward(_dy);
    }

    public override void Theirs() => Run(_standard, _theirDy);

    public override void TheirsChannelsLast() => Run(_channelsLast, _theirDyChannelsLast);

    public override void Dispose()
    {
        foreach (torch.Tensor tensor in (torch.Tensor[])[.. _standard, .. _channelsLast, _theirDy, _theirDyChannelsLast])
            tensor.Dispose();
    }

    private static Tensor ChannelsLast(Tensor x)
    {
        if (x.Rank < 3)
            return x;
        int[] order = [0, .. Enumerable.Range(2, x.Rank - 2), 1];
        int[] inverse = [0, x.Rank - 1, .. Enumerable.Range(1, x.Rank - 2)];
        return x.Permute(order).Contiguous().Permute(inverse).Detach();
    }

    private static torch.Tensor ChannelsLast(torch.Tensor x)
    {
        if (x.dim() < 3)
            return x;
        long[] order = [0, .. Enumerable.Range(2, (int)x.dim() - 2).Select(axis => (long)axis), 1];
        long[] inverse = [0, x.dim() - 1, .. Enumerable.Range(1, (int)x.dim() - 2).Select(axis => (long)axis)];
        using DisposeScope scope = torch.NewDisposeScope();
        return x.permute(order).contiguous().permute(inverse).detach().DetachFromDisposeScope();
    }

    private void Run(torch.Tensor[] inputs, torch.Tensor dy)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        if (!_runsBackward)
        {
            _theirs(inputs);
            return;
        }
        foreach (torch.Tensor input in inputs)
            input.grad = null;
        _theirs(inputs).backward([dy], create_graph: false);
    }
}
