using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>An operation that combines the elements along some axes.</summary>
/// <param name="axes">The axes, normalised.</param>
/// <param name="keepDims">Whether they stay, with size 1.</param>
internal abstract class ReductionOp(int[] axes, bool keepDims) : Op
{
    protected ReadOnlySpan<int> ReducedAxes => axes;

    protected sealed override OutputInfo Infer(ReadOnlySpan<Tensor> inputs)
    {
        Tensor x = inputs[0];
        DType dtype = InferDType(x);
        return new(Layout.Contiguous(keepDims ? x.Shape.WithOnes(axes) : x.Shape.Without(axes)), dtype);
    }

    /// <summary>The dtype of the output; throws where the input has no such reduction.</summary>
    protected abstract DType InferDType(Tensor x);

    /// <summary>The output as kernels see it, with the reduced axes at size 1.</summary>
    protected View<T> KeptView<T>(Tensor output, Shape inputShape)
        where T : unmanaged => output.View<T>(Layout.Contiguous(inputShape.WithOnes(axes)));

    /// <summary>
    /// A reduced tensor, or the gradient of one, with the reduced axes put back at size 1, so that it broadcasts against the input.
    /// </summary>
    protected Tensor WithKeptAxes(Tensor reduced, Shape inputShape) => keepDims ? reduced : reduced.Reshape(inputShape.WithOnes(axes));

    /// <summary>How many elements of an input make one of the output.</summary>
    protected long CountReduced(Shape shape)
    {
        long count = 1;
        foreach (int axis in axes)
            count *= shape.Span[axis];
        return count;
    }

    /// <exception cref="InvalidOperationException">There is nothing to reduce.</exception>
    protected void RequireElements(Tensor x)
    {
        if (CountReduced(x.Shape) == 0)
            throw new InvalidOperationException($"{Name}: a tensor of {x.Shape} has no elements along axes "
                + $"[{string.Join(", ", axes)}], and {Name} of nothing has no value. Check for empty tensors first.");
    }
}

/// <summary>A <see cref="ReductionOp"/> on floating-point tensors, which keeps the dtype.</summary>
internal abstract class FloatingReductionOp(int[] axes, bool keepDims) : ReductionOp(axes, keepDims)
{
    protected sealed override DType InferDType(Tensor x)
    {
        Require.FloatingPoint(this, x.DType);
        return x.DType;
    }

    protected sealed override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (inputs[0].DType == DType.Float32)
            Launch<float>(backend, inputs[0], output);
        else
            Launch<double>(backend, inputs[0], output);
    }

    protected abstract void Launch<T>(IComputeBackend backend, Tensor x, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>A <see cref="ReductionOp"/> on tensors of any numeric dtype that has no value where there are no elements.</summary>
internal abstract class NumericReductionOp(int[] axes, bool keepDims) : ReductionOp(axes, keepDims)
{
    protected sealed override DType InferDType(Tensor x)
    {
        Require.Numeric(this, x.DType);
        RequireElements(x);
        return OutputDType(x.DType);
    }

    /// <summary>The dtype of the output for that of the input.</summary>
    protected virtual DType OutputDType(DType dtype) => dtype;

    protected sealed override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (inputs[0].DType)
        {
            case DType.Float32: Launch<float>(backend, inputs[0], output); break;
            case DType.Float64: Launch<double>(backend, inputs[0], output); break;
            case DType.Int32: Launch<int>(backend, inputs[0], output); break;
            case DType.Int64: Launch<long>(backend, inputs[0], output); break;
            default: Launch<byte>(backend, inputs[0], output); break;
        }
    }

    protected abstract void Launch<T>(IComputeBackend backend, Tensor x, Tensor output)
        where T : unmanaged, INumber<T>;
}

/// <summary>The smallest or the largest element; the gradient goes to it, in equal shares to several.</summary>
internal abstract class ExtremumOp(int[] axes, bool keepDims) : NumericReductionOp(axes, keepDims)
{
    protected sealed override Saves Saves => Saves.First | Saves.Output;

    protected sealed override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Tensor x = SavedInput(0);
        Tensor winners = x.Equal(WithKeptAxes(SavedOutput(), x.Shape)).Cast(x.DType);
        gradients[0] = WithKeptAxes(dy, x.Shape) * (winners / winners.Sum(ReducedAxes, keepDims: true));
    }
}

/// <summary>The position of an element along an axis.</summary>
internal abstract class ArgReductionOp(int axis, bool keepDims) : NumericReductionOp([axis], keepDims)
{
    protected sealed override Saves Saves => Saves.None;

    protected sealed override bool IsDifferentiable => false;

    protected sealed override DType OutputDType(DType dtype) => DType.Int64;

    protected sealed override void Propagate(Tensor dy, Span<Tensor?> gradients) => throw new System.Diagnostics.UnreachableException();
}

/// <summary>Truth values combined along axes; of Bool.</summary>
internal abstract class TruthReductionOp(int[] axes, bool keepDims) : ReductionOp(axes, keepDims)
{
    protected sealed override Saves Saves => Saves.None;

    protected sealed override bool IsDifferentiable => false;

    protected sealed override DType InferDType(Tensor x) => DType.Bool;

    protected sealed override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) =>
        Launch(backend, inputs[0].View<byte>(), KeptView<byte>(output, inputs[0].Shape));

    protected sealed override void Propagate(Tensor dy, Span<Tensor?> gradients) => throw new System.Diagnostics.UnreachableException();

    protected abstract void Launch(IComputeBackend backend, View<byte> x, View<byte> y);
}
