namespace NeuralNet.Backends.Cpu.Factorizations;

/// <summary>The signs of vectors, which factorisations leave open.</summary>
internal static class Signs
{
    /// <summary>Whether the component of largest magnitude, of equal ones the first, is negative.</summary>
    public static bool IsFlipped(ReadOnlySpan<double> vector)
    {
        double largest = 0;
        foreach (double component in vector)
        {
            if (Math.Abs(component) > Math.Abs(largest))
                largest = component;
        }
        return largest < 0;
    }

    public static void Flip(Span<double> vector)
    {
        foreach (ref double component in vector)
            component = -component;
    }
}
