namespace NeuralNet.Backends;

/// <summary>Constants of exponentials and logarithms of floats.</summary>
internal static class SingleConstants
{
    /// <summary>Adding and subtracting 1.5·2²³ rounds to an integer.</summary>
    public const float RoundingMagic = 12582912f;

    public const float Log2E = 1.44269504f;

    // ln 2 in two parts, the first of so few bits that its product with an exponent is exact.
    public const float Ln2High = 0.693359375f;
    public const float Ln2Low = -2.12194440e-4f;
}
