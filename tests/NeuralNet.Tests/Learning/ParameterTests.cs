namespace NeuralNet.Tests.Learning;

/// <summary>That a parameter stands for its value, and that its value is its own.</summary>
public sealed class ParameterTests
{
    private static readonly Parameter s_a = new(Tensor.From([1.0, -2.0]));
    private static readonly Parameter s_b = new(Tensor.From([4.0, 8.0]));

    public static TheoryData<string, Tensor, double[]> Arithmetic => new()
    {
        { "-a", -s_a, [-1, 2] },
        { "a + b", s_a + s_b, [5, 6] },
        { "a - b", s_a - s_b, [-3, -10] },
        { "a * b", s_a * s_b, [4, -16] },
        { "a / b", s_a / s_b, [0.25, -0.25] },
        { "a + 2", s_a + 2, [3, 0] },
        { "a - 2", s_a - 2, [-1, -4] },
        { "a * 2", s_a * 2, [2, -4] },
        { "a / 2", s_a / 2, [0.5, -1] },
        { "2 + a", 2 + s_a, [3, 0] },
        { "2 - a", 2 - s_a, [1, 4] },
        { "2 * a", 2 * s_a, [2, -4] },
        { "2 / a", 2 / s_a, [2, -1] },
        { "a * tensor", s_a * Tensor.From([3.0, 3.0]), [3, -6] },
        { "tensor - a", Tensor.From([3.0, 3.0]) - s_a, [2, 5] },
    };

    [Theory]
    [MemberData(nameof(Arithmetic))]
    public void Operators_OfParameters_AreThoseOfTheirValues(string expression, Tensor result, double[] expected)
    {
        result.ToArray<double>().Should().Equal(expected, expression);
        result.RequiresGrad.Should().BeTrue();
    }

    [Fact]
    public void Operator_OfNull_Throws() =>
        FluentActions.Invoking(() => s_a * (Parameter)null!).Should().Throw<ArgumentNullException>();

    [Fact]
    public void Conversion_OfNull_IsNull()
    {
        Parameter? bias = null;
        StateTensor? state = null;
        Tensor weight = Tensor.Ones(2, 3);

        Tensor.Ones(1, 3).Linear(weight, bias).ToArray<float>().Should().Equal(3, 3);
        ((Tensor?)state).Should().BeNull();
    }

    [Fact]
    public void Create_OfExpandedTensor_Throws()
    {
        Tensor expanded = Tensor.Zeros(1).Expand([10]);
        FluentActions.Invoking(() => new Parameter(expanded)).Should().Throw<InvalidOperationException>()
            .WithMessage("Parameter: several elements of this expanded tensor of [10] are one in memory, and would be trained several times. Use Clone().");
        expanded.RequiresGrad.Should().BeFalse();
    }
}
