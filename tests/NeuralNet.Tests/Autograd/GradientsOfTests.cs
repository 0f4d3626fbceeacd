namespace NeuralNet.Tests;

public sealed class GradientsOfTests
{
    private readonly Tensor _x = Tensor.From([1f, 2f]).RequireGrad();
    private readonly Tensor _w = Tensor.From([3f, 4f]).RequireGrad();

    [Fact]
    public void Of_Leaves_ReturnsWithoutTouchingGrad()
    {
        Tensor[] gradients = Gradients.Of((_x * _w).Sum(), [_x, _w]);

        gradients[0].ToArray<float>().Should().Equal(3, 4);
        gradients[1].ToArray<float>().Should().Equal(1, 2);
        _x.Grad.Should().BeNull();
        _w.Grad.Should().BeNull();
    }

    [Fact]
    public void Of_UnusedInput_IsZeros()
    {
        Tensor gradient = Gradients.Of(_x.Sum(), [_x, _w])[1];

        gradient.Shape.Should().Equal(2);
        gradient.ToArray<float>().Should().Equal(0, 0);
    }

    [Fact]
    public void Of_Intermediates_AreTargetsToo()
    {
        Tensor y = _x * 2;
        Tensor z = y * _w;

        Tensor[] gradients = Gradients.Of(z.Sum(), [y, z, _x]);

        gradients[0].ToArray<float>().Should().Equal(3, 4);
        gradients[1].ToArray<float>().Should().Equal(1, 1);
        gradients[2].ToArray<float>().Should().Equal(6, 8);
    }

    [Fact]
    public void Of_Itself_IsOne()
    {
        Tensor y = _x.Sum();

        Gradients.Of(y, y).Item<float>().Should().Be(1);
    }

    [Fact]
    public void Of_SameTargetTwice_GivesTensorsOfTheirOwn()
    {
        Tensor[] gradients = Gradients.Of((_x * _x).Sum(), [_x, _x]);
        gradients[0].Fill(0);

        gradients[1].ToArray<float>().Should().Equal(2, 4);
    }

    [Fact]
    public void Of_WithGradient_WeighsTheElements() =>
        Gradients.Of(_x * _w, _x, Tensor.From([10f, 100f])).ToArray<float>().Should().Equal(30, 400);

    [Fact]
    public void Of_TwiceWithoutRetainGraph_Throws()
    {
        Tensor y = (_x * _w).Sum();
        Gradients.Of(y, _x, retainGraph: true);
        Gradients.Of(y, _x);

        FluentActions.Invoking(() => Gradients.Of(y, _x)).Should().Throw<InvalidOperationException>().WithMessage("*retainGraph: true*");
    }

    [Fact]
    public void Of_TargetWithoutGradient_NamesIt() =>
        FluentActions.Invoking(() => Gradients.Of(_x.Sum(), [_x, Tensor.Zeros(3)])).Should().Throw<InvalidOperationException>()
            .WithMessage("Gradients: tensor 1 of [3] requires no gradient. Set RequiresGrad before computing with it.");

    [Fact]
    public void Of_PartsThatLeadToNoTarget_DoNotRun()
    {
        Tensor side = _w.Exp();
        bool ran = false;
        side.OnGradient(_ =>
        {
            ran = true;
            return null;
        });

        Gradients.Of((_x * side).Sum(), _x);

        ran.Should().BeFalse();
    }

    [Fact]
    public void Of_WithoutCreateGraph_IsNotRecorded() => Gradients.Of((_x * _x).Sum(), _x).RequiresGrad.Should().BeFalse();
}
