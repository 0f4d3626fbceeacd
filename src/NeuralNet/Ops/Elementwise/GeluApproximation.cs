namespace NeuralNet;

/// <summary>How <see cref="Tensor.Gelu"/> is computed.</summary>
public enum GeluApproximation
{
    /// <summary>Exactly, by the error function.</summary>
    None,

    /// <summary>By a hyperbolic tangent, as the first transformers did; it differs by up to 5e-4.</summary>
    Tanh,
}
