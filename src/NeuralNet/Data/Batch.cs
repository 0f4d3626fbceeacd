namespace NeuralNet;

/// <summary>Some examples of a data set, stacked along the first axis.</summary>
/// <param name="parts">One tensor for each part of an example.</param>
public sealed class Batch(params IReadOnlyList<Tensor> parts)
{
    /// <summary>Gets the number of examples.</summary>
    public long Count => parts[0].Shape[0];

    /// <summary>Gets the first part: what a model is given.</summary>
    public Tensor Inputs => parts[0];

    /// <summary>Gets the second part: what it should give.</summary>
    public Tensor Targets => parts[1];

    /// <summary>Gets a part.</summary>
    public Tensor this[int part] => parts[part];

    /// <summary>Takes a batch apart: <c>foreach ((Tensor x, Tensor y) in loader)</c>.</summary>
    public void Deconstruct(out Tensor inputs, out Tensor targets) => (inputs, targets) = (parts[0], parts[1]);
}
