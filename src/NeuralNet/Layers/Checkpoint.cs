namespace NeuralNet;

/// <summary>
/// Saves memory in training: what a part of a network computes is forgotten, and computed again in the backward pass. That costs one more
/// forward pass of the part.
/// </summary>
/// <remarks>Chen, Xu, Zhang and Guestrin, "Training deep nets with sublinear memory cost", 2016.</remarks>
/// <example><code>var y = Checkpoint.Run(block, x);</code></example>
public static class Checkpoint
{
    /// <summary>Runs a layer, and again in the backward pass, where dropout draws the same masks.</summary>
    /// <returns>The layer's output.</returns>
    /// <exception cref="ShapeException">The input does not fit.</exception>
    public static Tensor Run(Layer layer, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(x);
        RandomGenerator[] generators =
        [
            .. layer.NamedModules().Select(named => (named.Module as Dropout)?.Generator).OfType<RandomGenerator>().Distinct(),
        ];
        return Apply(layer.Forward, x, layer.Parameters(), generators);
    }

    /// <summary>
    /// Runs a function, and again in the backward pass, where draws from <see cref="RandomGenerator.Current"/> are the same.
    /// </summary>
    /// <param name="function">The function, which gives the same each time, and changes nothing.</param>
    /// <param name="x">Its input.</param>
    /// <param name="parameters">The parameters that it uses, which get gradients; null if it uses none.</param>
    /// <returns>The function's result.</returns>
    public static Tensor Run(Func<Tensor, Tensor> function, Tensor x, IEnumerable<Parameter>? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(x);
        return Apply(function, x, parameters ?? [], []);
    }

    private static Tensor Apply(
        Func<Tensor, Tensor> function, Tensor x, IEnumerable<Parameter> parameters, RandomGenerator[] generators) =>
        x.Checkpoint(function, generators, [.. parameters.Distinct().Select(parameter => parameter.Value)]);
}
