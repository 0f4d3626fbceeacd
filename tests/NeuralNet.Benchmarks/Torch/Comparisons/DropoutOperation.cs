using TorchSharp;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>Dropout: both draw their own mask, so the share that is kept and the scale are compared.</summary>
internal sealed class DropoutOperation(long count, Device device) : Comparison
{
    private const double Probability = 0.5;

    private readonly Tensor _ours = Tensor.Ones(new Shape(count), device: device);
    private readonly torch.Tensor _theirs = torch.ones([count], dtype: torch.ScalarType.Float32, device: torch.CPU, requires_grad: false);
    private readonly RandomGenerator _generator = new(seed: 1);

    public override void Verify(string name)
    {
        using TensorScope scope = new();
        using torch.Tensor their = Drop();
        foreach ((string side, float[] values) in new[] { ("ours", OurDrop().ToArray<float>()), ("theirs", Values.ToArray(their)) })
        {
            int kept = values.Count(value => value != 0);
            double deviations = Math.Abs(kept - count * (1 - Probability)) / Math.Sqrt(count * Probability * (1 - Probability));
            if (deviations > 6)
                throw new ValuesDifferException($"{name}, {side}: {kept} of {count} are kept.");
            if (values.Any(value => value != 0 && Math.Abs(value - 1 / (1 - Probability)) > 1e-6))
                throw new ValuesDifferException($"{name}, {side}: a kept element is not scaled by 1/(1 − p).");
        }
    }

    public override void Ours()
    {
        using TensorScope scope = new();
        OurDrop();
    }

    public override void Theirs() => Drop().Dispose();

    public override void Dispose() => _theirs.Dispose();

    private Tensor OurDrop() => _ours.Dropout(Probability, _generator);

    private torch.Tensor Drop() => torch.nn.functional.dropout(_theirs, p: Probability, training: true, inplace: false);
}
