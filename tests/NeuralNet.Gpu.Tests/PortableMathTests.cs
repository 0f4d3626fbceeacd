using System.Reflection;
using NeuralNet.Backends.Gpu;
using Xunit.Abstractions;

namespace NeuralNet.Gpu.Tests;

/// <summary>The mathematical functions of devices, run on the host: the same C# that the compiler of the device reads.</summary>
public sealed class PortableMathTests(ITestOutputHelper output)
{
    private const int Samples = 20_000;

    private static readonly double[] s_specialValues =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, -0.0, 1, -1, 2, -2, 0.5, -0.5, 3, -3, 1e30, -1e30,
        89, -104, 710, -746, 1e-40, 3e-310,
        float.Epsilon, -float.Epsilon, double.Epsilon, -double.Epsilon, float.MaxValue, float.MinValue, double.MaxValue, double.MinValue,
    ];

    /// <summary>A function, a domain for float and one for double.</summary>
    public static TheoryData<string, double, double, double, double> UnaryFunctions => new()
    {
        { nameof(Math.Exp), -103, 88.7, -745, 709.7 },
        { nameof(Math.Exp), -1, 1, -1, 1 },
        { nameof(Math.Log), 1e-44, 3e38, 1e-320, 1e308 },
        { nameof(Math.Log), 0.5, 2, 0.5, 2 },
        { nameof(Math.Log2), 0.3, 5, 0.3, 5 },
        { nameof(Math.Log10), 0.3, 5, 0.3, 5 },
        { nameof(Math.Sinh), -88.9, 88.9, -710, 710 },
        { nameof(Math.Sinh), -1.5, 1.5, -1.5, 1.5 },
        { nameof(Math.Cosh), -88.9, 88.9, -710, 710 },
        { nameof(Math.Tanh), -10, 10, -20, 20 },
        { nameof(Math.Tanh), -0.7, 0.7, -0.7, 0.7 },
        { nameof(Math.Sin), -10, 10, -10, 10 },
        { nameof(Math.Sin), -3e38, 3e38, -1e300, 1e300 },
        { nameof(Math.Sin), -1e6, 1e6, -1e6, 1e6 },
        { nameof(Math.Cos), -10, 10, -10, 10 },
        { nameof(Math.Cos), -1e6, 1e6, -1e8, 1e8 },
        { nameof(Math.Tan), -10, 10, -10, 10 },
        { nameof(Math.Tan), -1e6, 1e6, -1e8, 1e8 },
        { nameof(Math.Asin), -1, 1, -1, 1 },
        { nameof(Math.Acos), -1, 1, -1, 1 },
        { nameof(Math.Atan), -5, 5, -5, 5 },
        { nameof(Math.Asinh), -10, 10, -10, 10 },
        { nameof(Math.Asinh), -1e6, 1e6, -1e12, 1e12 },
        { nameof(Math.Acosh), 1, 10, 1, 10 },
        { nameof(Math.Acosh), 1, 1e6, 1, 1e12 },
        { nameof(Math.Atanh), -1, 1, -1, 1 },
        { nameof(Math.Cbrt), -1e30, 1e30, -1e300, 1e300 },
        { nameof(Math.Cbrt), -2, 2, -2, 2 },
    };

    public static TheoryData<string> UnaryNames =>
        [.. UnaryFunctions.Select(row => (string)row[0]).Append(nameof(Math.Truncate)).Distinct()];

    public static TheoryData<string> BinaryNames => ["Pow", "Atan2", "Remainder", "Max", "Min"];

    [Theory]
    [MemberData(nameof(UnaryFunctions))]
    public void UnaryFunction_InItsDomain_IsWithinFourUlp(string name, double low, double high, double lowDouble, double highDouble)
    {
        Func<float, float> single = Portable<Func<float, float>>(name, typeof(float));
        Func<double, double> @double = Portable<Func<double, double>>(name, typeof(double));
        Func<double, double> reference = Reference(name);
        Random random = new(1);
        double worst = 0;
        double worstDouble = 0;
        for (int i = 0; i < Samples; i++)
        {
            float x = (float)(low + (high - low) * random.NextDouble());
            worst = Math.Max(worst, Distance(single(x), reference(x)));
            double y = lowDouble + (highDouble - lowDouble) * random.NextDouble();
            worstDouble = Math.Max(worstDouble, Distance(@double(y), reference(y)));
        }
        output.WriteLine($"{name}: {worst:F2} ulp in float, {worstDouble:F2} ulp in double");
        worst.Should().BeLessThanOrEqualTo(4);
        worstDouble.Should().BeLessThanOrEqualTo(4);
    }

    [Theory]
    [MemberData(nameof(UnaryNames))]
    public void UnaryFunction_SpecialValues_AreThoseOfNet(string name)
    {
        Func<float, float> single = Portable<Func<float, float>>(name, typeof(float));
        Func<double, double> @double = Portable<Func<double, double>>(name, typeof(double));
        Func<double, double> reference = Reference(name);
        foreach (double x in s_specialValues)
        {
            Distance(single((float)x), reference((float)x)).Should().BeLessThanOrEqualTo(4, "this is {0}({1:R}f)", name, (float)x);
            Distance(@double(x), reference(x)).Should().BeLessThanOrEqualTo(4, "this is {0}({1:R})", name, x);
        }
    }

    [Theory]
    [MemberData(nameof(BinaryNames))]
    public void BinaryFunction_SpecialValues_AreThoseOfNet(string name)
    {
        Func<float, float, float> single = Portable<Func<float, float, float>>(name, typeof(float), typeof(float));
        Func<double, double, double> @double = Portable<Func<double, double, double>>(name, typeof(double), typeof(double));
        Func<double, double, double> reference = BinaryReference(name);
        foreach (double x in s_specialValues)
        {
            foreach (double y in s_specialValues)
            {
                Distance(single((float)x, (float)y), reference((float)x, (float)y))
                    .Should().BeLessThanOrEqualTo(4, "this is {0}({1:R}f, {2:R}f)", name, (float)x, (float)y);
                Distance(@double(x, y), reference(x, y)).Should().BeLessThanOrEqualTo(4, "this is {0}({1:R}, {2:R})", name, x, y);
            }
        }
    }

    [Theory]
    [MemberData(nameof(BinaryNames))]
    public void BinaryFunction_RandomNumbers_IsWithinFourUlp(string name)
    {
        Func<float, float, float> single = Portable<Func<float, float, float>>(name, typeof(float), typeof(float));
        Func<double, double, double> @double = Portable<Func<double, double, double>>(name, typeof(double), typeof(double));
        Func<double, double, double> reference = BinaryReference(name);
        Random random = new(2);
        double worst = 0;
        double worstDouble = 0;
        for (int i = 0; i < Samples; i++)
        {
            double x = Math.Exp(10 * (2 * random.NextDouble() - 1));
            double y = 60 * (2 * random.NextDouble() - 1);
            worst = Math.Max(worst, Distance(single((float)x, (float)y), reference((float)x, (float)y)));
            worstDouble = Math.Max(worstDouble, Distance(@double(x, y), reference(x, y)));
        }
        output.WriteLine($"{name}: {worst:F2} ulp in float, {worstDouble:F2} ulp in double");
        worst.Should().BeLessThanOrEqualTo(4);
        worstDouble.Should().BeLessThanOrEqualTo(4);
    }

    private static T Portable<T>(string name, params Type[] types)
        where T : Delegate =>
        typeof(PortableMath).GetMethod(name, BindingFlags.Public | BindingFlags.Static, types)!.CreateDelegate<T>();

    private static Func<double, double> Reference(string name) =>
        typeof(Math).GetMethod(name, [typeof(double)])!.CreateDelegate<Func<double, double>>();

    private static Func<double, double, double> BinaryReference(string name) =>
        name == "Remainder"
            ? (x, y) => x % y
            : typeof(Math).GetMethod(name, [typeof(double), typeof(double)])!.CreateDelegate<Func<double, double, double>>();

    /// <summary>The error of a float in units of the last place of the exact value.</summary>
    private static double Distance(float actual, double expected)
    {
        float rounded = (float)expected;
        if (actual.Equals(rounded))
            return float.IsNegative(actual) == float.IsNegative(rounded) || float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        if (!float.IsFinite(actual) || !float.IsFinite(rounded))
            return double.PositiveInfinity;
        float ulp = Math.Max(float.Epsilon, MathF.BitIncrement(MathF.Abs(rounded)) - MathF.Abs(rounded));
        return Math.Abs(actual - expected) / ulp;
    }

    /// <summary>The error in units of the last place.</summary>
    private static double Distance(double actual, double expected)
    {
        if (actual.Equals(expected))
            return double.IsNegative(actual) == double.IsNegative(expected) || double.IsNaN(actual) ? 0 : double.PositiveInfinity;
        if (!double.IsFinite(actual) || !double.IsFinite(expected))
            return double.PositiveInfinity;
        return Math.Abs(actual - expected) / Math.Max(double.Epsilon, Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected));
    }
}
