using NeuralNet.Testing;

namespace NeuralNet.Tests.Contracts;

/// <summary>
/// Values and gradients of the activations at kinks, at ±∞ and far out, which central differences cannot tell. They are PyTorch's, but for
/// the slope 1 of Mish at ∞, which is NaN there.
/// </summary>
public sealed class ActivationCornerTests
{
    private const double Infinity = double.PositiveInfinity;
    private const double NaN = double.NaN;

    private static readonly DType[] s_floatingPoint = [DType.Float32, DType.Float64];

    private static readonly Dictionary<string, Func<Tensor, Tensor>> s_functions = new()
    {
        ["LeakyRelu"] = x => x.LeakyRelu(0.25),
        ["LeakyRelu, falling"] = x => x.LeakyRelu(-1),
        ["Elu"] = x => x.Elu(),
        ["Elu, alpha"] = x => x.Elu(2),
        ["Celu"] = x => x.Celu(),
        ["Celu, alpha"] = x => x.Celu(2),
        ["Silu"] = x => x.Silu(),
        ["Mish"] = x => x.Mish(),
        ["Softplus"] = x => x.Softplus(),
        ["Softplus, beta"] = x => x.Softplus(2, 4),
        ["LogSigmoid"] = x => x.LogSigmoid(),
        ["Softsign"] = x => x.Softsign(),
        ["HardTanh"] = x => x.HardTanh(),
        ["Relu6"] = x => x.Relu6(),
        ["HardSigmoid"] = x => x.HardSigmoid(),
        ["HardSwish"] = x => x.HardSwish(),
        ["SoftShrink"] = x => x.SoftShrink(),
        ["HardShrink"] = x => x.HardShrink(),
        ["TanhShrink"] = x => x.TanhShrink(),
        ["Threshold"] = x => x.Threshold(0.5, 7),
    };

    public static TheoryData<string> Smooth => ["Elu", "Elu, alpha", "Celu", "Celu, alpha", "Silu", "Mish", "Softplus", "LogSigmoid"];

    public static TheoryData<string> Functions => [.. s_functions.Keys];

    [Theory]
    [InlineData("LeakyRelu", 0, 0, 0.25)]
    [InlineData("LeakyRelu", -0.0, -0.0, 0.25)]
    [InlineData("LeakyRelu", -Infinity, -Infinity, 0.25)]
    [InlineData("LeakyRelu, falling", -Infinity, Infinity, -1)]
    [InlineData("Elu", 0, 0, 1)]
    [InlineData("Elu", -0.0, -0.0, 1)]
    [InlineData("Elu", Infinity, Infinity, 1)]
    [InlineData("Elu", -Infinity, -1, 0)]
    [InlineData("Elu, alpha", 0, 0, 2)]
    [InlineData("Elu, alpha", -800, -2, 0)]
    [InlineData("Celu", 0, 0, 1)]
    [InlineData("Celu, alpha", -0.0, -0.0, 1)]
    [InlineData("Celu, alpha", Infinity, Infinity, 1)]
    [InlineData("Celu, alpha", -Infinity, -2, 0)]
    [InlineData("Silu", 0, 0, 0.5)]
    [InlineData("Silu", Infinity, Infinity, NaN)]
    [InlineData("Silu", -Infinity, NaN, NaN)]
    [InlineData("Silu", 800, 800, 1)]
    [InlineData("Silu", -800, -0.0, 0)]
    [InlineData("Mish", 0, 0, 0.6)]
    [InlineData("Mish", Infinity, Infinity, 1)]
    [InlineData("Mish", -Infinity, NaN, NaN)]
    [InlineData("Mish", 800, 800, 1)]
    [InlineData("Mish", -800, -0.0, 0)]
    [InlineData("Softplus", Infinity, Infinity, 1)]
    [InlineData("Softplus", -Infinity, 0, 0)]
    [InlineData("Softplus", 21, 21, 1)]
    [InlineData("Softplus", 800, 800, 1)]
    [InlineData("Softplus, beta", 2, 2.009074963958905, 0.9820137900379085)]
    [InlineData("Softplus, beta", 2.125, 2.125, 1)]
    [InlineData("LogSigmoid", Infinity, 0, 0)]
    [InlineData("LogSigmoid", -Infinity, -Infinity, 1)]
    [InlineData("LogSigmoid", -800, -800, 1)]
    [InlineData("Softsign", 0, 0, 1)]
    [InlineData("Softsign", Infinity, NaN, 0)]
    [InlineData("Softsign", -Infinity, NaN, 0)]
    [InlineData("HardTanh", 1, 1, 0)]
    [InlineData("HardTanh", -1, -1, 0)]
    [InlineData("HardTanh", 0.5, 0.5, 1)]
    [InlineData("HardTanh", -Infinity, -1, 0)]
    [InlineData("Relu6", 0, 0, 0)]
    [InlineData("Relu6", 6, 6, 0)]
    [InlineData("Relu6", Infinity, 6, 0)]
    [InlineData("HardSigmoid", 3, 1, 0)]
    [InlineData("HardSigmoid", -3, 0, 0)]
    [InlineData("HardSigmoid", 0, 0.5, 1.0 / 6)]
    [InlineData("HardSigmoid", -Infinity, 0, 0)]
    [InlineData("HardSwish", 3, 3, 1)]
    [InlineData("HardSwish", -3, -0.0, 0)]
    [InlineData("HardSwish", 0, 0, 0.5)]
    [InlineData("HardSwish", Infinity, Infinity, 1)]
    [InlineData("HardSwish", -Infinity, NaN, 0)]
    [InlineData("SoftShrink", 0.5, 0, 0)]
    [InlineData("SoftShrink", -0.5, 0, 0)]
    [InlineData("SoftShrink", -0.0, 0, 0)]
    [InlineData("SoftShrink", -Infinity, -Infinity, 1)]
    [InlineData("HardShrink", 0.5, 0, 0)]
    [InlineData("HardShrink", -0.5, 0, 0)]
    [InlineData("HardShrink", Infinity, Infinity, 1)]
    [InlineData("TanhShrink", 0, 0, 0)]
    [InlineData("TanhShrink", Infinity, Infinity, 1)]
    [InlineData("TanhShrink", -Infinity, -Infinity, 1)]
    [InlineData("Threshold", 0.5, 7, 0)]
    [InlineData("Threshold", -Infinity, 7, 0)]
    [InlineData("Threshold", Infinity, Infinity, 1)]
    public void Function_AtCorners_HasThisValueAndThisGradient(string name, double x, double value, double gradient)
    {
        foreach (DType dtype in s_floatingPoint)
        {
            (double actual, double slope) = At(s_functions[name], x, dtype);
            Comparison.Difference([value], [actual], Tolerances.Value(dtype, true, [value]), signOfZero: true).Should().BeNull();
            Comparison.Difference([gradient], [slope], Tolerances.FloatGradient(true, [gradient])).Should().BeNull();
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Function_OfNaN_IsNaN(string name) => At(s_functions[name], NaN, DType.Float32).Value.Should().Be(NaN);

    [Theory]
    [MemberData(nameof(Smooth))]
    public void SecondGradient_FarOut_IsNumber(string name)
    {
        foreach (double at in new[] { 1e30, -1e30, 800, -800 })
        {
            Tensor x = Tensor.FromScalar(at).RequireGrad();
            Tensor first = Gradients.Of(s_functions[name](x), x, createGraph: true);
            Gradients.Of(first, x).Item<double>().Should().BeApproximately(0, 1e-100, "the function is straight at {0}", at);
        }
    }

    [Fact]
    public void Selu_At0_HasTheGradientOfTheLeft()
    {
        At(x => x.Selu(), 0, DType.Float64).Gradient.Should().BeApproximately(1.7580993408473766, 1e-15);
        At(x => x.Selu(), 1, DType.Float64).Gradient.Should().BeApproximately(1.0507009873554805, 1e-15);
        At(x => x.Selu(), -Infinity, DType.Float64).Value.Should().BeApproximately(-1.7580993408473766, 1e-15);
    }

    [Theory]
    [InlineData(0, 0.25, 0, 0.25, 0)]
    [InlineData(-0.0, -1, 0, -1, 0)]
    [InlineData(-Infinity, 0.25, -Infinity, 0.25, -Infinity)]
    [InlineData(-Infinity, 0, NaN, 0, -Infinity)]
    [InlineData(Infinity, 0, Infinity, 1, 0)]
    [InlineData(NaN, 0.25, NaN, 0.25, NaN)]
    public void Prelu_AtCorners_HasThisValueAndTheseGradients(double x, double weight, double value, double gradient, double weightGradient)
    {
        Tensor input = Tensor.FromScalar(x).RequireGrad();
        Tensor slope = Tensor.FromScalar(weight).RequireGrad();
        Tensor y = input.Prelu(slope);
        Tensor[] gradients = Gradients.Of(y, [input, slope]);
        y.Item<double>().Should().Be(value);
        gradients[0].Item<double>().Should().Be(gradient);
        gradients[1].Item<double>().Should().Be(weightGradient);
    }

    [Fact]
    public void Prelu_OfWeightThatDoesNotFit_SaysSo()
    {
        Action ofChannels = () => Tensor.Zeros(2, 4).Prelu(Tensor.Ones(3));
        Action ofVector = () => Tensor.Zeros(4).Prelu(Tensor.Ones(4));
        Action ofMatrix = () => Tensor.Zeros(2, 4).Prelu(Tensor.Ones(1, 4));
        ofChannels.Should().Throw<ShapeException>().WithMessage("Prelu: slopes of [3] for a tensor of [2, 4] with 4 channels. *");
        ofVector.Should().Throw<ShapeException>().WithMessage("Prelu: *with 1 channels. *");
        ofMatrix.Should().Throw<ShapeException>().WithMessage("Prelu: *");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void Glu_AlongAxis_IsOneHalfTimesTheSigmoidOfTheOther(int axis)
    {
        RefArray values = Domain.Any.Draw([4, 2, 6], seed: 1);
        Tensor x = HostValues.ToTensor(values, DType.Float64, Device.Cpu);
        int halved = axis < 0 ? 2 : axis;
        int[] sizes = [.. values.Sizes.Select((size, i) => i == halved ? size / 2 : size)];
        RefArray expected = RefArray.Generate(sizes, i =>
        {
            int[] gate = [.. i.Select((position, other) => other == halved ? position + sizes[halved] : position)];
            return values[i] / (1 + Math.Exp(-values[gate]));
        });
        Tensor y = x.Glu(axis);
        y.Shape.Should().Equal(sizes.Select(size => (long)size));
        Comparison.Difference(expected.Values, HostValues.ToDoubles(y), Tolerances.Value(DType.Float64, true, expected.Values)).Should().BeNull();
        GradientCheck.Verify(xs => xs[0].Glu(axis), [x], order: 2, tolerance: Tolerances.CentralDifference);
    }

    [Fact]
    public void Glu_OfWhatHasNoHalves_SaysSo()
    {
        Action odd = () => Tensor.Zeros(4, 3).Glu();
        Action ofScalar = () => Tensor.FromScalar(1f).Glu();
        Action ofIntegers = () => Tensor.Zeros([4], DType.Int32).Glu();
        odd.Should().Throw<ShapeException>().WithMessage("Glu: axis 1 of [4, 3] has the odd size 3*");
        ofScalar.Should().Throw<ShapeException>().WithMessage("Glu: *");
        ofIntegers.Should().Throw<DTypeException>().WithMessage("Glu: *");
    }

    [Fact]
    public void Parameters_OutOfRange_AreNamed()
    {
        Tensor x = Tensor.Zeros(2);
        Dictionary<string, Action> calls = new()
        {
            ["LeakyRelu: slope is NaN*"] = () => x.LeakyRelu(NaN),
            ["Elu: alpha is *"] = () => x.Elu(Infinity),
            ["Celu: alpha is 0*"] = () => x.Celu(0),
            ["Softplus: beta is 0*"] = () => x.Softplus(0),
            ["Softplus: threshold is NaN*"] = () => x.Softplus(1, NaN),
            ["HardTanh: the lower limit -1 is above the upper limit -1.5*"] = () => x.HardTanh(-1, -1.5),
            ["HardTanh: the lower limit NaN*"] = () => x.HardTanh(NaN, 2),
            ["SoftShrink: lambda is -0.5*"] = () => x.SoftShrink(-0.5),
            ["HardShrink: lambda is NaN*"] = () => x.HardShrink(NaN),
            ["Threshold: threshold is NaN*"] = () => x.Threshold(NaN, 0),
            ["Threshold: value is NaN*"] = () => x.Threshold(0, NaN),
            ["PReLU: count is 0*"] = () => _ = new PReLU(0),
        };
        foreach ((string message, Action call) in calls)
            call.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
    }

    private static (double Value, double Gradient) At(Func<Tensor, Tensor> function, double at, DType dtype)
    {
        Tensor x = Tensor.FromScalar(at).Cast(dtype).Detach().RequireGrad();
        Tensor y = function(x);
        return (HostValues.ToDoubles(y)[0], HostValues.ToDoubles(Gradients.Of(y, x))[0]);
    }
}
