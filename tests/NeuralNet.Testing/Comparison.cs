namespace NeuralNet.Testing;

/// <summary>Compares arrays of numbers.</summary>
public static class Comparison
{
    /// <summary>Describes the first element that differs by more than the tolerance, or by a zero's sign; null where none does.</summary>
    public static string? Difference(
        IReadOnlyList<double> expected, IReadOnlyList<double> actual, Tolerance tolerance, bool signOfZero = false)
    {
        if (expected.Count != actual.Count)
            return $"{actual.Count} elements instead of {expected.Count}";
        for (int i = 0; i < expected.Count; i++)
        {
            if (!IsNear(expected[i], actual[i], tolerance, signOfZero))
                return $"element {i} is {actual[i]:R} instead of {expected[i]:R}, an error of {Math.Abs(actual[i] - expected[i]):G3}";
        }
        return null;
    }

    private static bool IsNear(double expected, double actual, Tolerance tolerance, bool signOfZero)
    {
        if (double.IsNaN(expected) || double.IsInfinity(expected))
            return expected.Equals(actual);
        if (signOfZero && expected == 0 && actual == 0)
            return double.IsNegative(expected) == double.IsNegative(actual);
        return Math.Abs(expected - actual) <= tolerance.Relative * Math.Max(Math.Abs(expected), tolerance.Floor);
    }
}
