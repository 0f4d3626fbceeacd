using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>
/// An operation that combines updates with the elements at computed positions; inputs are the tensor, the index and the updates.
/// </summary>
/// <param name="axis">The axis of the positions, normalised.</param>
internal abstract class NumericScatterOp(int axis) : Op
{
    protected int Axis => axis;

    protected sealed override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        DType dtype = Require.SameDType(this, inputs[0], inputs[2]);
        Require.Numeric(this, dtype);
        return new(inputs[0].Layout.DenseLike(), dtype);
    }

    protected sealed override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
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

    /// <summary>Combines the updates with y, which holds the tensor's elements, as far as the index reaches.</summary>
    protected abstract void Launch<T>(IComputeBackend backend, View<T> y, View<long> index, View<T> updates)
        where T : unmanaged, INumber<T>;

    private void Launch<T>(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged, INumber<T>
    {
        View<T> y = output.View<T>(Indices.Narrowed(output.Layout, inputs[1].Shape, axis));
        Launch(backend, y, inputs[1].View<long>(), inputs[2].View<T>());
    }
}
