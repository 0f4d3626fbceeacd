namespace NeuralNet.Tests;

/// <summary>Tensors that are used several times: products add their gradients to those of the other uses, in place.</summary>
public sealed class GradientSumTests
{
    private const int Uses = 5;

    /// <summary>Whole numbers, of which every sum is exact in any order.</summary>
    private static Tensor Whole(ulong seed, params ReadOnlySpan<long> sizes) =>
        (Tensor.Rand(new Shape(sizes), DType.Float64, generator: new(seed)) * 9 - 4).Round();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MatMul_BySharedWeights_AddsAllProducts(bool createGraph)
    {
        Tensor weight = Whole(1, 4, 3).RequireGrad();
        Tensor[] inputs = [.. Enumerable.Range(2, Uses).Select(seed => Whole((ulong)seed, 6, 4).RequireGrad())];
        Tensor[] slopes = [.. Enumerable.Range(20, Uses).Select(seed => Whole((ulong)seed, 6, 3))];
        Tensor y = inputs.Zip(slopes, (x, slope) => (x.MatMul(weight) * slope).Sum()).Aggregate((a, b) => a + b);
        Tensor[] gradients = Gradients.Of(y, [weight, .. inputs], createGraph: createGraph);
        Tensor expected = inputs.Zip(slopes, (x, slope) => x.Detach().Transpose().MatMul(slope)).Aggregate((a, b) => a + b);
        gradients[0].ToArray<double>().Should().Equal(expected.ToArray<double>());
        for (int i = 0; i < Uses; i++)
            gradients[i + 1].ToArray<double>().Should().Equal(slopes[i].MatMul(weight.Detach().Transpose()).ToArray<double>());
    }

    [Fact]
    public void Linear_BySharedWeightsOfSharedInput_AddsAllProducts()
    {
        Tensor x = Whole(1, 6, 4).RequireGrad();
        Tensor weight = Whole(2, 3, 4).RequireGrad();
        Tensor bias = Whole(3, 3).RequireGrad();
        Tensor[] slopes = [.. Enumerable.Range(20, Uses).Select(seed => Whole((ulong)seed, 6, 3))];
        slopes.Select(slope => (x.Linear(weight, bias) * slope).Sum()).Aggregate((a, b) => a + b).Backward();
        Tensor total = slopes.Aggregate((a, b) => a + b);
        weight.Grad!.ToArray<double>().Should().Equal(total.Transpose().MatMul(x.Detach()).ToArray<double>());
        bias.Grad!.ToArray<double>().Should().Equal(total.Sum(0).ToArray<double>());
        x.Grad!.ToArray<double>().Should().Equal(total.MatMul(weight.Detach()).ToArray<double>());
    }

    [Fact]
    public void MatMul_OfATensorWithItself_AddsBothSides()
    {
        Tensor x = Whole(1, 4, 4).RequireGrad();
        Tensor[] slopes = [Whole(2, 4, 4), Whole(3, 4, 4)];
        slopes.Select(slope => (x.MatMul(x) * slope).Sum()).Aggregate((a, b) => a + b).Backward();
        Tensor total = slopes[0] + slopes[1];
        Tensor transposed = x.Detach().Transpose();
        x.Grad!.ToArray<double>().Should().Equal((total.MatMul(transposed) + transposed.MatMul(total)).ToArray<double>());
    }

    [Fact]
    public void MatMul_ByWeightsThatAreAlsoTransposed_AddsToATransposedSum()
    {
        Tensor x = Whole(1, 6, 4);
        Tensor weight = Whole(2, 4, 3).RequireGrad();
        Tensor slope = Whole(3, 3, 4);
        // Of what was computed last the gradient arrives first: as a transposed view.
        Tensor product = x.MatMul(weight).Sum();
        (product + (weight.T * slope).Sum()).Backward();
        weight.Grad!.ToArray<double>().Should().Equal((x.T.MatMul(Tensor.Ones([6, 3], DType.Float64)) + slope.T).ToArray<double>());
    }

    [Fact]
    public void MatMul_OfBatchesBySharedWeights_SumsOverTheBatch()
    {
        Tensor weight = Whole(1, 1, 4, 3).RequireGrad();
        Tensor[] inputs = [Whole(2, 5, 6, 4), Whole(3, 5, 6, 4)];
        inputs.Select(x => x.MatMul(weight).Sum()).Aggregate((a, b) => a + b).Backward();
        Tensor ones = Tensor.Ones([5, 6, 3], DType.Float64);
        Tensor expected = inputs.Select(x => x.Transpose().MatMul(ones).Sum([0], keepDims: true)).Aggregate((a, b) => a + b);
        weight.Grad!.ToArray<double>().Should().Equal(expected.ToArray<double>());
    }

    [Fact]
    public void Backward_Twice_AddsToTheGradientOfBefore()
    {
        Tensor x = Whole(1, 6, 4);
        Tensor weight = Whole(2, 4, 3).RequireGrad();
        x.MatMul(weight).Sum().Backward();
        double[] once = weight.Grad!.ToArray<double>();
        Tensor kept = weight.Grad;
        (x.MatMul(weight) + x.MatMul(weight)).Sum().Backward();
        weight.Grad!.ToArray<double>().Should().Equal(once.Select(element => 3 * element));
        kept.ToArray<double>().Should().Equal(ReferenceEquals(kept, weight.Grad) ? once.Select(element => 3 * element) : once);
    }

    [Fact]
    public void Hook_OnASharedTensor_SeesTheSumOnce()
    {
        Tensor x = Whole(1, 6, 4);
        Tensor weight = Whole(2, 4, 3).RequireGrad();
        Tensor doubled = weight * 2;
        List<double[]> seen = [];
        doubled.OnGradient(gradient =>
        {
            seen.Add(gradient.ToArray<double>());
            return null;
        });
        (x.MatMul(doubled) + x.MatMul(doubled)).Sum().Backward();
        double[] part = x.Transpose().MatMul(Tensor.Ones([6, 3], DType.Float64)).ToArray<double>();
        seen.Should().ContainSingle().Which.Should().Equal(part.Select(element => 2 * element));
        weight.Grad!.ToArray<double>().Should().Equal(part.Select(element => 4 * element));
    }
}
