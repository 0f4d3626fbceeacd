namespace NeuralNet.Datasets;

/// <summary>The channels that an image is read into; the value is their number.</summary>
public enum ImageColor
{
    /// <summary>One channel: lightness.</summary>
    Grey = 1,

    /// <summary>Three channels: red, green, blue.</summary>
    Rgb = 3,

    /// <summary>Four channels: red, green, blue, opacity.</summary>
    Rgba = 4,
}
