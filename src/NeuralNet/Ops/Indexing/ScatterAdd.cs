using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Adds updates at computed positions along an axis: y = x, then y[…, index[…, i, …], …] += updates[…, i, …].</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="index">The positions, of Int64 or Int32, with as many axes; on the other axes no larger than this tensor.</param>
    /// <param name="updates">What is added, of the index's shape and this tensor's dtype.</param>
    /// <returns>A new tensor of this one's shape; several updates of one element are added in logical order.</returns>
    /// <remarks>∂y/∂x = 1; the gradient of the updates is gathered.</remarks>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside the axis.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are Bool or storage dtypes.</exception>
    public Tensor ScatterAdd(int axis, Tensor index, Tensor updates)
    {
        axis = Axes.Normalize(axis, Rank, nameof(ScatterAdd));
        index = Require.Index(nameof(ScatterAdd), index);
        Indices.RequireFit(nameof(ScatterAdd), index.Shape, Shape, axis);
        if (updates.Shape != index.Shape)
            throw new ShapeException($"ScatterAdd: updates {updates.Shape} for an index of {index.Shape}. Give both one shape.");
        Indices.RequireInRange(nameof(ScatterAdd), index, Shape.Span[axis]);
        return Op.Apply(new ScatterAddOp(axis), this, index, updates);
    }
}

internal sealed class ScatterAddOp(int axis) : Op
{
    protected override Saves Saves => Saves.Second;

    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        DType dtype = Require.SameDType(Name, inputs[0], inputs[2]);
        Require.Numeric(Name, dtype);
        return new(inputs[0].Layout.DenseLike(), dtype);
    }

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        DataMovement.Copy(backend, inputs[0], inputs[0].Layout, output, output.Layout);
        switch (output.DType)
        {
            case DType.Float32: Launch<float>(backend, inputs, output); break;
            case DType.Float64: Launch<double>(backend, inputs, output); break;
            case DType.Int32: Launch<int>(backend, inputs, output); break;
            case DType.Int64: Launch<long>(backend, inputs, output); break;
            default: Launch<byte>(backend, inputs, output); break;
        }
    }

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        gradients[0] = NeedsGradient(0) ? dy : null;
        gradients[2] = NeedsGradient(2) ? Op.Apply(new GatherOp(axis), dy, SavedInput(1)) : null;
    }

    private void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged, INumber<T>
    {
        View<T> y = output.View<T>(Indices.Narrowed(output.Layout, inputs[1].Shape, axis));
        backend.ScatterAdd(y, inputs[1].View<long>(), axis, inputs[2].View<T>());
    }
}
