namespace NeuralNet;

/// <summary>The checks of constructor arguments that layers share.</summary>
internal static class LayerArguments
{
    /// <exception cref="ArgumentOutOfRangeException">The size is zero or negative.</exception>
    public static void RequirePositive(string layer, string argument, long size)
    {
        if (size <= 0)
            throw new ArgumentOutOfRangeException(argument, size, $"{layer}: {argument} is {size}. Give a size of at least 1.");
    }

    /// <exception cref="ArgumentOutOfRangeException">The number is no probability.</exception>
    public static void RequireProbability(string layer, string argument, double value)
    {
        if (!(value >= 0 && value <= 1))
            throw new ArgumentOutOfRangeException(argument, value, $"{layer}: {argument} is {value}. Give a probability in [0, 1].");
    }
}
