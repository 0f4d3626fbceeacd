using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Sets elements to zero at random and enlarges the others, so that the expected value stays.</summary>
    /// <param name="probability">The probability p that an element is set to zero.</param>
    /// <param name="generator">The source of randomness; <see cref="RandomGenerator.Current"/> if left out.</param>
    /// <returns>A tensor of the same shape; this one where the probability is 0.</returns>
    /// <remarks>y = x/(1 − p), or 0 where the element is dropped, whatever x is there; the gradient likewise.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside [0, 1].</exception>
    /// <exception cref="DTypeException">The tensor is not of floating point.</exception>
    /// <exception cref="ObjectDisposedException">The tensor was ended by its scope.</exception>
    public Tensor Dropout(double probability = 0.5, RandomGenerator? generator = null)
    {
        Require.FloatingPoint(nameof(Dropout), DType);
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, $"Dropout: the probability {probability}. Give "
                + "one in [0, 1].");
        if (probability == 0)
            return Unchanged();
        Tensor mask = Bernoulli(Shape, 1 - probability, Device, generator);
        Tensor y = Op.Apply(new DropoutOp(probability == 1 ? 1 : 1 / (1 - probability)), this, mask);
        mask.End();
        return y;
    }
}

/// <summary>y = mask ? scale·x : 0, with a mask of the same shape.</summary>
internal sealed class DropoutOp(double scale) : Op
{
    protected override Saves Saves => Saves.Second;

    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        Require.FloatingPoint(this, inputs[0].DType);
        Require.Bool(this, inputs[1]);
        if (inputs[0].Shape != inputs[1].Shape)
            throw new ShapeException($"{Name}: {inputs[0].Shape} and a mask of {inputs[1].Shape} differ in shape. Give both the same.");
        return new(inputs[0].Layout.DenseLike(), inputs[0].DType);
    }

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        View<byte> mask = inputs[1].View<byte>();
        if (output.DType == DType.Float32)
            backend.SelectScaled(mask, inputs[0].View<float>(), (float)scale, output.View<float>());
        else
            backend.SelectScaled(mask, inputs[0].View<double>(), scale, output.View<double>());
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients) => gradients[0] = Apply(new DropoutOp(scale), dy, SavedInput(1));
}
