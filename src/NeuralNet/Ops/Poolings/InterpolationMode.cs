namespace NeuralNet;

/// <summary>How images are brought to other sizes.</summary>
public enum InterpolationMode
{
    /// <summary>By the nearest element.</summary>
    Nearest,

    /// <summary>By straight lines between neighbours: linear over one spatial axis, bilinear over two, trilinear over three.</summary>
    Linear,
}
