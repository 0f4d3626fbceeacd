namespace NeuralNet.Tests.Learning;

/// <summary>Layers of images beside what the contract of all layers holds.</summary>
public sealed class ImageLayerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Unpool_OfPooledImages_PutsTheLargestBack(int axes)
    {
        Tensor x = Tensor.Randn([2, 3, .. Enumerable.Repeat(4L, axes)], generator: new(1));
        (Tensor y, Tensor indices) = axes switch
        {
            1 => new MaxPool1D(2).ForwardWithIndices(x),
            2 => new MaxPool2D(2).ForwardWithIndices(x),
            _ => new MaxPool3D(2).ForwardWithIndices(x),
        };
        Tensor restored = axes switch
        {
            1 => new MaxUnpool1D(2).Forward(y, indices),
            2 => new MaxUnpool2D(2).Forward(y, indices),
            _ => new MaxUnpool3D(2).Forward(y, indices),
        };
        restored.Shape.ToString().Should().Be(x.Shape.ToString());
        restored.Sum().Item<float>().Should().BeApproximately(y.Sum().Item<float>(), 1e-4f);
        Tensor kept = restored.NotEqual(0);
        kept.Sum().Item<long>().Should().Be(y.Length);
        Tensor.Where(kept, x, restored).ToArray<float>().Should().Equal(restored.ToArray<float>());
    }

    [Fact]
    public void Unpool_WithAnOutputSize_TakesIt()
    {
        (Tensor y, Tensor indices) = new MaxPool2D(2).ForwardWithIndices(Tensor.Randn(1, 1, 5, 5));
        new MaxUnpool2D(2).Forward(y, indices, 5).Shape.ToString().Should().Be("[1, 1, 5, 5]");
        new MaxUnpool2D(3, stride: 2, padding: 1).ToString().Should().Be("MaxUnpool2D(3, stride 2, padding 1)");
    }

    [Fact]
    public void Pad_WithAWrongNumberOfWidths_NamesTheSides()
    {
        Action create = () => new ReflectionPad2D(1, 2, 3);
        create.Should().Throw<ArgumentException>().WithMessage("ReflectionPad2D: 3 widths [1, 2, 3]. Give 1 for all sides, or 4: left, right, top, bottom.*");
    }

    [Fact]
    public void Upsample_WithSizeAndFactor_IsAnError()
    {
        Action both = () => new Upsample(4, 2);
        both.Should().Throw<ArgumentException>().WithMessage("Upsample: size 4 and scaleFactor 2 are given. Give one of them.*");
        Action neither = () => new Upsample();
        neither.Should().Throw<ArgumentException>().WithMessage("Upsample: neither size nor scaleFactor is given*");
        Action corners = () => new Upsample(4, alignCorners: true);
        corners.Should().Throw<ArgumentException>().WithMessage("Upsample: alignCorners is for InterpolationMode.Linear*");
        Action negative = () => new Upsample(scaleFactor: -1);
        negative.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Upsample: scaleFactor is -1*");
    }

    [Fact]
    public void Interpolate_ToNothing_TellsTheSizes()
    {
        Action vanish = () => Tensor.Zeros(1, 1, 3, 3).Interpolate(scaleFactor: 0.2);
        vanish.Should().Throw<ShapeException>().WithMessage("Interpolate: 3 elements on axis 2 of [1, 1, 3, 3] would become 0*");
    }

    [Fact]
    public void PixelShuffle_OfOtherChannels_TellsTheMultiple()
    {
        Action shuffle = () => new Sequential(new PixelShuffle(2)).Forward(Tensor.Zeros(1, 6, 3, 3));
        shuffle.Should().Throw<ShapeException>().WithMessage("0 (PixelShuffle): PixelShuffle: 6 channels on axis 1 of [1, 6, 3, 3] are no multiple of 2² = 4*");
        Action unshuffle = () => Tensor.Zeros(1, 6, 3, 4).PixelUnshuffle(2);
        unshuffle.Should().Throw<ShapeException>().WithMessage("PixelUnshuffle: images of 3×4*");
    }

    [Fact]
    public void Residual_OfOtherShapes_NamesBoth()
    {
        Sequential model = new(new Residual(new Dense(4, 3)));
        Action add = () => model.Forward(Tensor.Zeros(2, 4));
        add.Should().Throw<ShapeException>().WithMessage("0 (Residual): the block gives [2, 3], the shortcut [2, 4]*");
    }

    [Fact]
    public void Branches_WithoutAny_AreAnError()
    {
        Action none = () => new Concat(1);
        none.Should().Throw<ArgumentException>().WithMessage("Concat: no branches*");
        Action missing = () => new ParallelLayers(BranchMerge.Sum, new Identity(), null!);
        missing.Should().Throw<ArgumentException>().WithMessage("ParallelLayers: branch 1 of 2 is null*");
    }

    [Fact]
    public void InstanceNorm_WithRunningStatistics_UsesThemInEvaluation()
    {
        InstanceNorm2D layer = new(2, momentum: 1, trackRunningStats: true, dtype: DType.Float64);
        Tensor x = Tensor.Randn([3, 2, 4, 5], DType.Float64, generator: new(1)) * 3 + 1;
        layer.Forward(x);
        layer.Eval();
        Tensor expected = (x - x.Mean([2, 3]).Mean(0).Reshape(1, 2, 1, 1)) / (x.Var([2, 3]).Mean(0).Reshape(1, 2, 1, 1) + 1e-5).Sqrt();
        layer.Forward(x).AllClose(expected, 1e-12, 1e-12).Should().BeTrue();
    }
}
