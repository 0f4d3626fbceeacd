namespace NeuralNet.Testing;

/// <summary>Functions that .NET lacks, in double, by series that share nothing with the library's formulas.</summary>
public static class RefMath
{
    /// <summary>From here on the continued fraction converges fast, and the series would lose digits.</summary>
    private const double Far = 3;

    private const double TwoOverRootPi = 1.1283791670955126;

    public static double Erf(double x)
    {
        double a = Math.Abs(x);
        return double.IsNaN(x) ? x : Math.CopySign(a < Far ? Series(a) : 1 - Fraction(a), x);
    }

    /// <summary>1 − erf x, with all digits where it is small.</summary>
    public static double Erfc(double x) => double.IsNaN(x) ? x : x >= 0.5 ? Fraction(x) : 1 - Erf(x);

    /// <summary>eˣ − 1, by its series where it would cancel.</summary>
    public static double ExpM1(double x)
    {
        if (Math.Abs(x) > 0.7 || double.IsNaN(x))
            return Math.Exp(x) - 1;
        double sum = 0;
        for (int n = 24; n > 0; n--)
            sum = (1 + sum) * x / n;
        return sum;
    }

    /// <summary>The probability that a standard normal number is below x.</summary>
    public static double NormalProbability(double x) => 0.5 * Erfc(-x / Math.Sqrt(2));

    public static double Gelu(double x) => double.IsNegativeInfinity(x) ? -0.0 : x * NormalProbability(x);

    /// <summary>2/√π·e^(−x²)·Σ 2ⁿ·x^(2n+1)/(1·3·5·…): all terms are positive.</summary>
    private static double Series(double x)
    {
        double term = x;
        double sum = x;
        for (int n = 1; term > 1e-18 * sum; n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return TwoOverRootPi * ExpOfMinusSquare(x) * sum;
    }

    /// <summary>e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3/2/(x + …)))), from the inside out.</summary>
    private static double Fraction(double x)
    {
        if (x > 40)
            return 0;
        double fraction = x;
        for (int n = x < 1 ? 2000 : x < 2 ? 500 : 150; n > 0; n--)
            fraction = x + 0.5 * n / fraction;
        return 0.5 * TwoOverRootPi * ExpOfMinusSquare(x) / fraction;
    }

    /// <summary>The rounding error of x² would show in the exponential.</summary>
    private static double ExpOfMinusSquare(double x)
    {
        double square = x * x;
        return Math.Exp(-square) * (1 - Math.FusedMultiplyAdd(x, x, -square));
    }
}
