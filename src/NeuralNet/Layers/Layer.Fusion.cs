namespace NeuralNet;

public abstract partial class Layer
{
    /// <summary>
    /// Makes a model that computes the same in evaluation with less work: batch normalisations behind convolutions become part of their weights, and what
    /// does nothing in evaluation is left out.
    /// </summary>
    /// <returns>A new model in evaluation mode. What nothing was folded into is shared with this one; names in the state differ.</returns>
    /// <remarks>The results are equal but for rounding. Neighbours are found in <see cref="Sequential"/>, also inside <see cref="Residual"/>,
    /// <see cref="ParallelLayers"/> and <see cref="Concat"/>; a layer of your own takes part by overriding <see cref="Fuse"/>. Layers with hooks stay as they
    /// are. After more training of this model, fuse it again.</remarks>
    /// <exception cref="InvalidOperationException">A part is in training mode, or waits for its first input.</exception>
    /// <example>
    /// <code>
    /// model.Eval();
    /// var fast = model.FuseForInference();
    /// </code>
    /// </example>
    public Layer FuseForInference()
    {
        foreach ((string name, Module module) in NamedModules())
        {
            if (module.IsTraining)
                throw new InvalidOperationException($"FuseForInference: {(name.Length == 0 ? "the model" : name)} ({module.GetType().Name}) is in training "
                    + "mode, in which it computes something else. Call Eval() first.");
        }
        Layer fused = Fuse();
        fused.Eval();
        return fused;
    }

    /// <summary>Makes the layer that <see cref="FuseForInference"/> gives: this one, unless it has parts.</summary>
    /// <remarks>A layer of your own returns one of its kind, made from its parts' <see cref="FuseForInference"/>.</remarks>
    protected virtual Layer Fuse() => this;
}
