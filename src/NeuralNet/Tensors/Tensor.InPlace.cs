using NeuralNet.Memory;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Whether several elements are one in memory, as in an expanded tensor.</summary>
    internal bool HasSharedElements
    {
        get
        {
            if (Layout.IsDense || Length <= 1)
                return false;
            for (int axis = 0; axis < Rank; axis++)
            {
                if (Layout.Strides[axis] == 0 && Layout.Sizes[axis] > 1)
                    return true;
            }
            return false;
        }
    }

    /// <summary>Sets every element to a value, in place.</summary>
    /// <remarks>This is for data: nothing differentiates through it.</remarks>
    /// <exception cref="InvalidOperationException">Gradients are on and the tensor requires one, or several elements share
    /// memory.</exception>
    public void Fill(Scalar value)
    {
        RequireWritable(nameof(Fill));
        if (Device.IsMeta)
            return;
        Storage held = Acquire();
        try
        {
            FillUnchecked(this, value, nameof(Fill));
            held.BumpVersion();
        }
        finally
        {
            held.RemoveOwner();
        }
    }

    /// <summary>Copies another tensor's elements into this one, in place; they are broadcast, and brought from another device.</summary>
    /// <remarks>This is for data: nothing differentiates through it.</remarks>
    /// <exception cref="InvalidOperationException">Gradients are on and the tensor requires one, or several elements share
    /// memory.</exception>
    /// <exception cref="ShapeException">The other shape does not broadcast to this one's.</exception>
    /// <exception cref="DTypeException">The dtypes differ.</exception>
    public void CopyFrom(Tensor source)
    {
        ArgumentNullException.ThrowIfNull(source);
        RequireWritable(nameof(CopyFrom));
        Require.SameDType(nameof(CopyFrom), this, source);
        if (NeuralNet.Shape.TryBroadcast(source.Shape, Shape) != Shape)
            throw new ShapeException($"CopyFrom: a tensor of {source.Shape} does not broadcast to {Shape}, into which it is to be "
                + "copied. Reshape it.");
        using (Autograd.NoGrad())
            source = source.To(Device);
        if (Device.IsMeta)
            return;
        CopyFromUnchecked(source.Storage == Storage ? source.Clone() : source);
    }

    private void CopyFromUnchecked(Tensor source)
    {
        Storage held = Acquire();
        Storage heldSource = source.Acquire();
        try
        {
            DataMovement.Copy(Device.Backend, source, source.Layout.Expand(Shape), this, Layout);
            held.BumpVersion();
        }
        finally
        {
            heldSource.RemoveOwner();
            held.RemoveOwner();
        }
    }

    private void RequireWritable(string where)
    {
        if (RequiresGrad && Autograd.IsEnabled)
        {
            throw new InvalidOperationException(
                $"{where}: this tensor of {Shape} requires a gradient{(IsLeaf ? "" : $" (it is the result of {Node!.Name})")}, and "
                    + "writing in place cannot be differentiated. Write inside Autograd.NoGrad(), or compute a new tensor with "
                    + "Where, ScatterAdd or Concat.");
        }
        if (HasSharedElements)
            throw new InvalidOperationException($"{where}: several elements of this expanded tensor of {Shape} are one in memory. "
                + "Write to its Clone().");
    }

}
