namespace NeuralNet;

/// <summary>What a quantile is that falls between two elements.</summary>
public enum QuantileInterpolation
{
    /// <summary>A number between both, in proportion.</summary>
    Linear,

    /// <summary>The lower one.</summary>
    Lower,

    /// <summary>The higher one.</summary>
    Higher,

    /// <summary>The number in the middle.</summary>
    Midpoint,

    /// <summary>The nearer one; of two the one at an even position.</summary>
    Nearest,
}
