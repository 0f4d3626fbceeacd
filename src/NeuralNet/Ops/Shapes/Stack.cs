namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Joins tensors of one shape along a new axis.</summary>
    /// <param name="tensors">The tensors, of one dtype and one shape.</param>
    /// <param name="axis">Where the new axis stands in the result; negative ones count from the end.</param>
    /// <returns>A tensor with one axis more, of as many positions as there are tensors.</returns>
    /// <exception cref="ShapeException">The shapes differ, there is no tensor, or the axis is out of range.</exception>
    /// <exception cref="DTypeException">The dtypes differ.</exception>
    public static Tensor Stack(ReadOnlySpan<Tensor> tensors, int axis = 0)
    {
        if (tensors.IsEmpty)
            throw new ShapeException("Stack: no tensors. Give one at least.");
        axis = Axes.Normalize(axis, tensors[0].Rank + 1, nameof(Stack));
        Tensor[] parts = new Tensor[tensors.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (tensors[i].Shape != tensors[0].Shape)
                throw new ShapeException($"Stack: tensor {i} of {tensors[i].Shape} beside tensor 0 of {tensors[0].Shape}. Give all one shape.");
            parts[i] = tensors[i].Unsqueeze(axis);
        }
        return Concat(parts, axis);
    }
}
