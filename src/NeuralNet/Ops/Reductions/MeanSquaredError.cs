using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the mean of the squared differences from a target.</summary>
    /// <param name="target">A tensor of the same shape and dtype.</param>
    /// <returns>A scalar; NaN where there are no elements.</returns>
    /// <remarks>L = Σ(x − t)²/n, ∂L/∂x = 2(x − t)/n = −∂L/∂t.</remarks>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The dtypes differ or are not of floating point.</exception>
    public Tensor MeanSquaredError(Tensor target) => Op.Apply(new MeanSquaredErrorOp(), this, target);
}

internal sealed class MeanSquaredErrorOp : FloatingOp
{
    protected override Saves Saves => Saves.First | Saves.Second;

    public static void RequireSameShape(Speaker name, Shape x, Shape target)
    {
        if (x != target)
            throw new ShapeException($"{name}: {x} and a target of {target} differ in shape. Reshape one of them; nothing is broadcast.");
    }

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs)
    {
        RequireSameShape(this, inputs[0].Shape, inputs[1].Shape);
        return default;
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        View<T> x = inputs[0].View<T>();
        Layout single = Layout.Contiguous(Ones(x.Layout.Rank));
        View<T> y = output.View<T>(single);
        using Scratch<T> squares = new(backend, x.Layout.DenseLike());
        backend.Binary(new SquaredDifference<T>(), x, inputs[1].View<T>(), squares.View);
        backend.Reduce(new SumOp.Operator<T>(), squares.View, y);
        backend.Unary(new MeanOp.DivideBy<T>(T.CreateChecked(x.Layout.Length)), y, y);
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Tensor gradient = Apply(new MeanSquaredErrorGradOp(), dy, SavedInput(0), SavedInput(1));
        gradients[0] = NeedsGradient(0) ? gradient : null;
        gradients[1] = NeedsGradient(1) ? -gradient : null;
    }

    private static Shape Ones(int rank)
    {
        long[] sizes = new long[rank];
        Array.Fill(sizes, 1);
        return Shape.OfChecked(sizes);
    }

    internal readonly struct SquaredDifference<T> : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T a, T b) => (a - b) * (a - b);

        public TVector Invoke<TVector>(TVector a, TVector b)
            where TVector : struct, ISimd<TVector, T> => (a - b) * (a - b);
    }
}

/// <summary>dy · 2(x − t)/n, for a scalar dy.</summary>
internal sealed class MeanSquaredErrorGradOp : FloatingOp
{
    protected override Saves Saves => Saves.First | Saves.Second | Saves.Third;

    protected override Shape InferShape(ReadOnlySpan<Tensor> inputs)
    {
        MeanSquaredErrorOp.RequireSameShape(this, inputs[1].Shape, inputs[2].Shape);
        return inputs[1].Shape;
    }

    protected override void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        View<T> y = output.View<T>();
        T factor = T.CreateChecked(FactorOf(output.Shape));
        backend.Binary(new ScaledDifference<T>(factor), inputs[1].View<T>(), inputs[2].View<T>(), y);
        backend.Binary(new MultiplyOp.Operator<T>(), y, inputs[0].View<T>(inputs[0].Layout.ExpandTo(y.Layout)), y);
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        (Tensor scale, Tensor x, Tensor target) = (SavedInput(0), SavedInput(1), SavedInput(2));
        Tensor scaled = dy * FactorOf(x.Shape);
        gradients[0] = NeedsGradient(0) ? (scaled * (x - target)).Sum() : null;
        Tensor? difference = NeedsGradient(1) || NeedsGradient(2) ? scaled * scale : null;
        gradients[1] = NeedsGradient(1) ? difference : null;
        gradients[2] = NeedsGradient(2) ? -difference! : null;
    }

    private static double FactorOf(Shape shape) => 2.0 / Math.Max(1, shape.Length);

    internal readonly struct ScaledDifference<T>(T factor) : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T a, T b) => factor * (a - b);

        public TVector Invoke<TVector>(TVector a, TVector b)
            where TVector : struct, ISimd<TVector, T> => TVector.Create(factor) * (a - b);
    }
}
