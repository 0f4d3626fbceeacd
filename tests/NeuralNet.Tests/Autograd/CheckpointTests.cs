namespace NeuralNet.Tests;

public sealed class CheckpointTests
{
    [Fact]
    public void Run_OfALayer_GivesTheGradientsOfAnOrdinaryPassToTheBit()
    {
        RandomGenerator generator = new(3);
        Sequential model = new(
            new Dense(6, 8, activation: new Tanh(), generator: generator), new Dropout(0.3, generator), new Dense(8, 2, generator: generator));
        Tensor x = Tensor.Randn([5, 6], generator: new(4)).RequireGrad();
        ulong start = generator.Position;
        (float[] value, float[][] gradients) = Pass(model.Forward);
        ulong end = generator.Position;
        generator.Position = start;
        (float[] again, float[][] gradientsAgain) = Pass(v => Checkpoint.Run(model, v));
        again.Should().Equal(value);
        generator.Position.Should().Be(end, "the second computation draws what the first drew, and takes no more");
        for (int i = 0; i < gradients.Length; i++)
            gradientsAgain[i].Should().Equal(gradients[i]);

        (float[] Value, float[][] Gradients) Pass(Func<Tensor, Tensor> forward)
        {
            foreach (Parameter parameter in model.Parameters())
                parameter.Grad = null;
            x.Grad = null;
            Tensor y = forward(x);
            y.Square().Sum().Backward();
            return (y.ToArray<float>(), [x.Grad!.ToArray<float>(), .. model.Parameters().Select(parameter => parameter.Grad!.ToArray<float>())]);
        }
    }

    [Fact]
    public void Run_OfAFunctionThatDraws_DrawsTheSameAgain()
    {
        using IDisposable ambient = RandomGenerator.Use(new(5));
        Tensor x = Tensor.Ones(1000).RequireGrad();
        Tensor y = Checkpoint.Run(v => v.Dropout(0.5), x);
        y.Sum().Backward();
        x.Grad!.ToArray<float>().Should().Equal(y.ToArray<float>(), "the same elements were dropped");
    }

    [Fact]
    public void Run_OfAParameterAlone_GivesItItsGradient()
    {
        Parameter weight = new(Tensor.From([2.0, 3]));
        Tensor y = Checkpoint.Run(v => v * weight.Value, Tensor.From([5.0, 7]), [weight]);
        y.Sum().Backward();
        weight.Grad!.ToArray<double>().Should().Equal(5, 7);
    }

    [Fact]
    public void Run_Twice_CountsWhatIsComputedAgain()
    {
        int calls = 0;
        Tensor x = Tensor.From([1.0]).RequireGrad();
        Tensor y = Checkpoint.Run(
            v =>
            {
                calls++;
                return v * v;
            },
            x);
        calls.Should().Be(1);
        y.Backward();
        calls.Should().Be(2);
        x.Grad!.Item<double>().Should().Be(2);
    }
}
