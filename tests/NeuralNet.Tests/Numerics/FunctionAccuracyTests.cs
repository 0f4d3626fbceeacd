using System.Collections.Concurrent;
using NeuralNet.Testing;
using Xunit.Abstractions;

namespace NeuralNet.Tests.Numerics;

/// <summary>
/// Functions of floats against double, on bit patterns spread evenly over all floats: every exponent, both signs, denormals, infinities and
/// NaN. The figures stand in docs/numerics.md.
/// </summary>
public sealed class FunctionAccuracyTests(ITestOutputHelper output)
{
    /// <summary>A prime, so that all low bits occur.</summary>
    private const long Stride = 3571;

    private static readonly Function[] s_functions =
    [
        new("Exp", 1.1, x => x.Exp(), Math.Exp),
        new("Log", 1, x => x.Log(), Math.Log),
        new("Tanh", 3, x => x.Tanh(), Math.Tanh),
        new("Sigmoid", 3, x => x.Sigmoid(), x => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x))),
        new("Erf", 3, x => x.Erf(), RefMath.Erf),
        new("Erfc", 6, x => x.Erfc(), RefMath.Erfc),
        new("Gelu", 6, x => x.Gelu(), RefMath.Gelu),
        new("Sin", 2.5, x => x.Sin(), Math.Sin),
        new("Cos", 2.5, x => x.Cos(), Math.Cos),
        new("Atanh", 3.5, x => x.Atanh(), Math.Atanh),
        new("Tan", 3.5, x => x.Tan(), Math.Tan),
        new("Asin", 3, x => x.Asin(), Math.Asin),
        new("Acos", 3, x => x.Acos(), Math.Acos),
        new("Sinh", 3, x => x.Sinh(), Math.Sinh),
        new("Cosh", 3, x => x.Cosh(), Math.Cosh),
        new("Atan", 2.5, x => x.Atan(), Math.Atan),
        new("Log2", 2, x => x.Log2(), Math.Log2),
        new("Log10", 2, x => x.Log10(), Math.Log10),
    ];

    private static readonly float[] s_inputs = [.. Inputs()];

    private static readonly ConcurrentDictionary<string, double[]> s_expected = [];

    public static TheoryData<string, InstructionSet> Cases
    {
        get
        {
            TheoryData<string, InstructionSet> cases = [];
            foreach (Function function in s_functions)
            {
                foreach (InstructionSet set in Devices.InstructionSets)
                    cases.Add(function.Name, set);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Function_OfFloats_IsWithinItsUlps(string name, InstructionSet set)
    {
        Function function = s_functions.Single(function => function.Name == name);
        double[] expected = s_expected.GetOrAdd(name, _ => Array.ConvertAll(s_inputs, x => function.Reference(x)));
        float[] actual = function.Compute(Tensor.From(s_inputs, [s_inputs.Length], Devices.Of(set, 1))).ToArray<float>();
        double worst = 0;
        float worstAt = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            double error = Ulps(actual[i], expected[i]);
            if (error <= worst)
                continue;
            worst = error;
            worstAt = s_inputs[i];
        }
        output.WriteLine($"{name} on {set}: {worst:F2} ulp at {worstAt:R}");
        worst.Should().BeLessThanOrEqualTo(function.MostUlps, "the worst is at {0:R}", worstAt);
    }

    /// <summary>An element's value depends on nothing but the element: not on its place in a vector, nor on how the tensor lies.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Function_OfStridedFloats_HasTheSameBits(string name, InstructionSet set)
    {
        Function function = s_functions.Single(function => function.Name == name);
        float[] inputs = [.. s_inputs.Where((_, i) => i % 101 == 0)];
        Device device = Devices.Of(set, 1);
        float[] expected = function.Compute(Tensor.From(inputs, [inputs.Length], device)).ToArray<float>();
        Tensor everyThird = Tensor.From([.. inputs.SelectMany(x => new[] { x, 0, 0 })], [inputs.Length, 3], device)[.., 0];
        float[] actual = function.Compute(everyThird).ToArray<float>();
        Array.ConvertAll(actual, BitConverter.SingleToInt32Bits).Should().Equal(Array.ConvertAll(expected, BitConverter.SingleToInt32Bits));
    }

    private static IEnumerable<float> Inputs()
    {
        for (long bits = 0; bits <= uint.MaxValue; bits += Stride)
            yield return BitConverter.UInt32BitsToSingle((uint)bits);
        foreach (float x in new[] { 0f, float.Epsilon, 1.17549435e-38f, 1f, 9.02f, 87f, 88.72283f, 104f, float.MaxValue, float.PositiveInfinity })
        {
            for (int step = -3; step <= 3; step++)
            {
                float neighbour = x;
                for (int i = 0; i < Math.Abs(step); i++)
                    neighbour = step < 0 ? MathF.BitDecrement(neighbour) : MathF.BitIncrement(neighbour);
                yield return neighbour;
                yield return -neighbour;
            }
        }
    }

    /// <summary>The error in units of the last place of the exact value; infinite where one of the two is special and the other is not.</summary>
    private static double Ulps(float actual, double expected)
    {
        float rounded = (float)expected;
        if (actual.Equals(rounded))
            return actual != 0 || float.IsNegative(actual) == double.IsNegative(expected) ? UlpsOf(actual, expected) : double.PositiveInfinity;
        return float.IsFinite(actual) && float.IsFinite(rounded) ? UlpsOf(actual, expected) : double.PositiveInfinity;
    }

    private static double UlpsOf(float actual, double expected)
    {
        if (!float.IsFinite(actual) || Math.Abs(expected) > float.MaxValue)
            return 0;
        float magnitude = (float)Math.Abs(expected);
        double ulp = Math.Max(float.Epsilon, (double)MathF.BitIncrement(magnitude) - magnitude);
        return Math.Abs(actual - expected) / (double.IsFinite(ulp) ? ulp : Math.ScaleB(1, 104));
    }

    private sealed record Function(string Name, double MostUlps, Func<Tensor, Tensor> Compute, Func<double, double> Reference);
}
