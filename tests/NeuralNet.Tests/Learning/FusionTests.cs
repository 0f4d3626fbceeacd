using NeuralNet.Testing;

namespace NeuralNet.Tests.Learning;

/// <summary>Models whose batch normalisations became part of their convolutions.</summary>
public sealed class FusionTests
{
    public static TheoryData<string> Names => ["plain", "no bias", "groups", "transposed", "transposed groups", "not affine", "residual", "beside", "joined"];

    [Theory]
    [MemberData(nameof(Names))]
    public void FuseForInference_OfTrainedModel_ComputesTheSameWithoutNormalisation(string name)
    {
        RandomGenerator g = new(1);
        Sequential model = new(Model(name, g), new Dropout(0.5), new Identity());
        Tensor x = Tensor.Randn([4, 4, 6, 6], DType.Float64, generator: g);
        Disturb(model, g);
        for (int i = 0; i < 3; i++)
            model.Forward(x * (i + 1) + i);
        model.Eval();
        double[] expected = model.Forward(x).ToArray<double>();

        Layer fused = model.FuseForInference();

        fused.NamedModules().Select(named => named.Module).Should().NotContain(module => module is BatchNormLayer || module is Dropout)
            .And.OnlyContain(module => !module.IsTraining);
        Comparison.Difference(expected, fused.Forward(x).ToArray<double>(), new Tolerance(1e-12, 1e-12)).Should().BeNull();
        model.Forward(x).ToArray<double>().Should().Equal(expected, "the model itself is not changed");
    }

    [Fact]
    public void FuseForInference_InTraining_NamesThePart()
    {
        Sequential model = new(new Conv2D(1, 2, 3), new BatchNorm2D(2));
        model.Eval();
        model[1].Train();
        Action fuse = () => model.FuseForInference();
        fuse.Should().Throw<InvalidOperationException>().WithMessage("FuseForInference: 1 (BatchNorm2D) is in training mode*Eval()*");
    }

    [Fact]
    public void FuseForInference_OfNormalisationThatUsesItsInput_KeepsIt()
    {
        Sequential model = new(new Conv2D(1, 2, 3), new BatchNorm2D(2, trackRunningStats: false), new ReLU());
        model.Eval();
        ((Sequential)model.FuseForInference()).Should().HaveCount(3);
    }

    [Fact]
    public void FuseForInference_OfLayersWithHooks_KeepsThem()
    {
        Sequential model = new(new Conv2D(1, 2, 3), new BatchNorm2D(2));
        model.Eval();
        using (model[0].AddForwardHook((_, _, _) => null))
            ((Sequential)model.FuseForInference()).Should().HaveCount(2);
        ((Sequential)model.FuseForInference()).Should().HaveCount(1);
    }

    [Fact]
    public void FuseForInference_OfUsersLayer_CallsIt()
    {
        Block block = new(new Sequential(new Conv2D(1, 2, 3), new BatchNorm2D(2)));
        Sequential model = new(block);
        model.Eval();
        ((Sequential)model.FuseForInference())[0].Should().BeOfType<Block>().Which.Body.Should().BeOfType<Sequential>().Which.Should().HaveCount(1);
    }

    private static Layer Model(string name, RandomGenerator g) => name switch
    {
        "plain" => new Sequential(Convolution(4, 3, g), new BatchNorm2D(3, dtype: DType.Float64), new ReLU()),
        "no bias" => new Sequential(Convolution(4, 3, g, bias: false), new BatchNorm2D(3, eps: 0.1, dtype: DType.Float64)),
        "groups" => new Sequential(Convolution(4, 6, g, groups: 2), new BatchNorm2D(6, dtype: DType.Float64), new Tanh()),
        "transposed" => new Sequential(Transposed(4, 3, g), new BatchNorm2D(3, dtype: DType.Float64)),
        "transposed groups" => new Sequential(Transposed(4, 6, g, groups: 2), new BatchNorm2D(6, dtype: DType.Float64)),
        "not affine" => new Sequential(Convolution(4, 3, g), new BatchNorm2D(3, affine: false, dtype: DType.Float64)),
        "residual" => new Residual(
            new Sequential(Convolution(4, 4, g), new BatchNorm2D(4, dtype: DType.Float64), new ReLU()),
            new Sequential(Convolution(4, 4, g), new BatchNorm2D(4, dtype: DType.Float64)),
            new ReLU()),
        "beside" => new ParallelLayers(BranchMerge.Sum, Model("plain", g), Model("no bias", g)),
        "joined" => new Concat(1, Model("plain", g), new Identity()),
        _ => throw new ArgumentException(name),
    };

    private static Conv2D Convolution(long inputs, long outputs, RandomGenerator g, long groups = 1, bool bias = true) =>
        new(inputs, outputs, 3, padding: 1, groups: groups, bias: bias, dtype: DType.Float64, generator: g);

    private static ConvTranspose2D Transposed(long inputs, long outputs, RandomGenerator g, long groups = 1) =>
        new(inputs, outputs, (2, 3), stride: 2, groups: groups, dtype: DType.Float64, generator: g);

    /// <summary>Factors and summands that are not 1 and 0.</summary>
    private static void Disturb(Layer model, RandomGenerator g)
    {
        using Autograd.Mode noGrad = Autograd.NoGrad();
        foreach (Parameter parameter in model.Parameters())
            parameter.Value.CopyFrom(parameter.Value + Tensor.Randn(parameter.Shape, DType.Float64, generator: g) * 0.3);
    }

    private sealed class Block(Layer body) : Layer
    {
        public Layer Body => body;

        protected override Tensor Compute(Tensor x) => body.Forward(x);

        protected override Layer Fuse() => new Block(body.FuseForInference());
    }
}
