namespace NeuralNet.Tests;

public sealed class HigherOrderTests
{
    [Fact]
    public void Of_PowerOfFour_HasItsDerivatives()
    {
        Tensor x = Tensor.FromScalar(2.0).RequireGrad();
        Tensor y = x * x * x * x;

        Tensor first = Gradients.Of(y, x, createGraph: true);
        Tensor second = Gradients.Of(first, x, createGraph: true);
        Tensor third = Gradients.Of(second, x, createGraph: true);
        Tensor fourth = Gradients.Of(third, x, createGraph: true);

        first.Item<double>().Should().Be(32);
        second.Item<double>().Should().Be(48);
        third.Item<double>().Should().Be(48);
        fourth.Item<double>().Should().Be(24);
    }

    [Fact]
    public void Backward_CreateGraph_GradCanBeDifferentiated()
    {
        Tensor x = Tensor.From([1.0, 2.0]).RequireGrad();

        (x * x * x).Sum().Backward(createGraph: true);
        Tensor penalty = (x.Grad! * x.Grad!).Sum();
        x.Grad = null;
        penalty.Backward();

        // d/dx (3x²)² = 36x³
        x.Grad!.ToArray<double>().Should().Equal(36, 288);
    }

    [Fact]
    public void Of_HessianVectorProduct_AgreesWithDifferencesOfGradients()
    {
        RandomGenerator generator = new(7);
        Tensor input = Tensor.Randn([5, 3], DType.Float64, generator: generator);
        Tensor target = Tensor.Randn([5, 1], DType.Float64, generator: generator);
        Tensor[] parameters =
        [
            Tensor.Randn([4, 3], DType.Float64, generator: generator).RequireGrad(),
            Tensor.Randn([4], DType.Float64, generator: generator).RequireGrad(),
            Tensor.Randn([1, 4], DType.Float64, generator: generator).RequireGrad(),
        ];
        Tensor[] direction = [.. parameters.Select(p => Tensor.Randn(p.Shape, DType.Float64, generator: generator))];

        Tensor[] gradients = Gradients.Of(Loss(parameters), parameters, createGraph: true);
        Tensor along = Dot(gradients, direction);
        Tensor[] product = Gradients.Of(along, parameters);

        const double Step = 1e-5;
        Tensor[] above = GradientsAt(Step);
        Tensor[] below = GradientsAt(-Step);
        for (int i = 0; i < parameters.Length; i++)
        {
            double[] difference = ((above[i] - below[i]) / (2 * Step)).ToArray<double>();
            double[] exact = product[i].ToArray<double>();
            for (int j = 0; j < exact.Length; j++)
                exact[j].Should().BeApproximately(difference[j], 1e-7 * (1 + Math.Abs(difference[j])));
        }

        Tensor Loss(Tensor[] p)
        {
            Tensor hidden = input.Linear(p[0], p[1]).Tanh();
            Tensor error = hidden.Linear(p[2]) - target;
            return (error * error).Mean();
        }

        Tensor[] GradientsAt(double step)
        {
            Tensor[] moved = [.. parameters.Zip(direction, (p, d) => (p.Detach() + d * step).RequireGrad())];
            return Gradients.Of(Loss(moved), moved);
        }
    }

    [Fact]
    public void Of_HessianOfAQuadratic_IsItsMatrix()
    {
        Tensor matrix = Tensor.From(new[,] { { 2.0, 1 }, { 1, 5 } });
        Tensor x = Tensor.From([3.0, -1.0]).RequireGrad();

        Tensor gradient = Gradients.Of(x.MatMul(matrix).MatMul(x) / 2, x, createGraph: true);
        double[] firstRow = Gradients.Of(gradient[0], x, retainGraph: true).ToArray<double>();
        double[] secondRow = Gradients.Of(gradient[1], x).ToArray<double>();

        firstRow.Should().Equal(2, 1);
        secondRow.Should().Equal(1, 5);
    }

    [Fact]
    public void Backward_AccumulatedWithCreateGraph_SumIsRecorded()
    {
        Tensor x = Tensor.FromScalar(2.0).RequireGrad();

        (x * x).Backward(createGraph: true);
        (x * x * x).Backward(createGraph: true);

        x.Grad!.Item<double>().Should().Be(16);
        Gradients.Of(x.Grad, x).Item<double>().Should().Be(14, "2 + 6x");
    }

    private static Tensor Dot(Tensor[] a, Tensor[] b)
    {
        Tensor sum = (a[0] * b[0]).Sum();
        for (int i = 1; i < a.Length; i++)
            sum += (a[i] * b[i]).Sum();
        return sum;
    }

    [Theory]
    [InlineData(GeluApproximation.None)]
    [InlineData(GeluApproximation.Tanh)]
    public void Gelu_FarFrom0_HasNoCurvature(GeluApproximation approximate)
    {
        Tensor x = Tensor.From([-3e38f, -1e20f, -1e9f, -50f, 50f, 1e9f, 1e20f, 3e38f]).RequireGrad();
        Tensor[] first = Gradients.Of(x.Gelu(approximate).Sum(), [x], createGraph: true)!;
        first[0].ToArray<float>().Should().Equal(0, 0, 0, 0, 1, 1, 1, 1);
        Gradients.Of(first[0].Sum(), [x])[0]!.ToArray<float>().Should().OnlyContain(curvature => curvature == 0);
    }
}
