using TorchSharp;
using TorchModule = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>A network to be trained: its layers, its data and its loss, the same on both sides.</summary>
/// <param name="Name">The name in the names of cases.</param>
/// <param name="Batch">The rows or images of a batch.</param>
internal abstract record Network(string Name, long Batch)
{
    public abstract Shape InputShape { get; }

    /// <summary>Gets the geometric mean that training belongs to, but for the optimizer's name.</summary>
    public abstract string Group { get; }

    /// <summary>Gets whether libtorch has two layouts for the data.</summary>
    public virtual bool HasTwoLayouts => false;

    /// <summary>Gets the steps that are compared before anything is timed.</summary>
    public virtual int VerifiedSteps => 8;

    /// <summary>Gets whether rounding decides, at many places, which of two elements is a maximum: the weights then agree as a whole only.</summary>
    public virtual bool AmplifiesRounding => false;

    /// <summary>Gets the factor of the learning rate while the steps are compared.</summary>
    public virtual double RateFactor => 1;

    protected abstract long Classes { get; }

    /// <summary>Makes our model.</summary>
    public abstract Layer CreateModel(Device device);

    /// <summary>Makes libtorch's model with the weights of ours.</summary>
    public abstract TorchModule CopyModel(Layer ours, bool channelsLast);

    /// <summary>Makes a batch of inputs.</summary>
    public virtual float[] Inputs() => Values.Uniform(InputShape.Length, 0, 1, seed: 1);

    public virtual torch.Tensor TheirInputs(bool channelsLast) => Values.ToTorch(Inputs(), InputShape.ToArray());

    /// <summary>Makes our targets: class numbers.</summary>
    public virtual Tensor Targets(Device device) => Tensor.From(Values.Classes(Batch, Classes, seed: 2), new Shape(Batch), device);

    public virtual torch.Tensor TheirTargets() => Values.ToTorch(Values.Classes(Batch, Classes, seed: 2), [Batch]);

    public virtual Loss CreateLoss() => new CrossEntropy(weight: null, ignoreIndex: -100, labelSmoothing: 0, reduction: Reduction.Mean);

    public virtual torch.Tensor TheirLoss(torch.Tensor prediction, torch.Tensor target) => torch.nn.functional.cross_entropy(
        prediction, target, weight: null, ignore_index: -100, reduction: torch.nn.Reduction.Mean, label_smoothing: 0);
}
