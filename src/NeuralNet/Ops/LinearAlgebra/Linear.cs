using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Applies an affine map to the last axis: y = x · weightᵀ + bias.</summary>
    /// <param name="weight">The matrix, of [out, in].</param>
    /// <param name="bias">The vector that is added, of [out]; or null.</param>
    /// <returns>A tensor of [… , out], for this one of [… , in].</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The dtypes differ or are not of floating point.</exception>
    public Tensor Linear(Tensor weight, Tensor? bias = null) => Linear(weight, bias, activation: null);

    /// <summary>The same with an activation; equal in bits to applying it afterwards.</summary>
    internal Tensor Linear(Tensor weight, Tensor? bias, IResultActivation? activation)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (Rank == 0 || weight.Rank != 2 || Shape[-1] != weight.Shape[1])
            throw new ShapeException($"Linear: input {Shape} and weight {weight.Shape}: the input's last axis must be the weight's "
                + $"last, of [out, in]. Reshape or Flatten the input, or make the weight of {(Rank == 0 ? "in" : Shape[-1])} columns.");
        if (bias is not null && (bias.Rank != 1 || bias.Length != weight.Shape[0]))
            throw new ShapeException($"Linear: bias {bias.Shape} for a weight of {weight.Shape}. Give it the shape [{weight.Shape[0]}].");
        Tensor rows = Rank == 2 ? this : Reshape(new Shape(Length / Math.Max(1, Shape[-1]), Shape[-1]));
        LinearOp op = new(activation);
        Tensor y = bias is null ? Op.Apply(op, rows, weight) : Op.Apply(op, rows, weight, bias);
        if (Rank == 2)
            return y;
        Tensor reshaped = y.Reshape(Shape.With(Rank - 1, weight.Shape[0]));
        rows.End();
        y.End();
        return reshaped;
    }
}

/// <summary>y = activation(x · wᵀ + b), for x [N, in], w [out, in] and b [out].</summary>
internal sealed class LinearOp(IResultActivation? activation) : FloatingOp
{
    protected override Saves Saves => Saves.First | Saves.Second | (activation is null ? Saves.None : Saves.Output);

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs) =>
        Shape.Remembered([inputs[0].Shape[0], inputs[1].Shape[0]]);

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        if (activation is not null)
            dy = activation.Gradient(dy, SavedOutput());
        gradients[0] = NeedsGradient(0) ? new MatMulOp().AddTo(SumAt(0), dy, SavedInput(1)) : null;
        gradients[1] = NeedsGradient(1) ? new MatMulOp(transposeA: true).AddTo(SumAt(1), dy, SavedInput(0)) : null;
        if (gradients.Length == 3)
            gradients[2] = NeedsGradient(2) ? dy.Sum(0) : null;
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        Layout weight = inputs[1].Layout.Transpose();
        MatMulEpilogue<T> epilogue = new()
        {
            Bias = inputs.Length == 3 ? inputs[2].View<T>() : null,
            Activation = IResultActivation.KernelPart(activation),
        };
        View<T> y = output.View<T>();
        backend.MatMul(inputs[0].View<T>(), inputs[1].View<T>(weight), y, epilogue);
        IResultActivation.Complete(activation, backend, y);
    }
}
