namespace NeuralNet.Tests;

public sealed class LayerHookTests
{
    private static readonly Tensor s_x = Tensor.From(new[,] { { 1.0, -2 } });

    [Fact]
    public void ForwardHooks_OfALayer_SeeAndReplaceInputAndOutput()
    {
        Tanh layer = new();
        List<string> seen = [];
        using IDisposable before = layer.AddForwardPreHook((_, x) =>
        {
            seen.Add("before");
            return x * 0;
        });
        using IDisposable after = layer.AddForwardHook((_, x, y) =>
        {
            seen.Add($"after {x.Sum().Item<double>()}");
            return y + 1;
        });
        layer.Forward(s_x).ToArray<double>().Should().Equal(1, 1);
        seen.Should().Equal("before", "after 0");
    }

    [Fact]
    public void Hook_Disposed_IsNotCalled()
    {
        Tanh layer = new();
        int calls = 0;
        IDisposable hook = layer.AddForwardHook((_, _, _) =>
        {
            calls++;
            return null;
        });
        layer.Forward(s_x);
        hook.Dispose();
        hook.Dispose();
        layer.Forward(s_x);
        calls.Should().Be(1);
    }

    [Fact]
    public void BackwardHook_OfALayer_SeesBothGradientsAndReplacesTheInputs()
    {
        Dense layer = new(2, 1, bias: false, dtype: DType.Float64, generator: new(1));
        double[] weights = layer.Weight.Value.ToArray<double>();
        Tensor x = s_x.Clone().RequireGrad();
        double[]? ofInput = null;
        double[]? ofOutput = null;
        using IDisposable hook = layer.AddBackwardHook((_, dx, dy) =>
        {
            ofInput = dx!.ToArray<double>();
            ofOutput = dy.ToArray<double>();
            return dx * 10;
        });
        (layer.Forward(x) * 3).Sum().Backward();
        ofOutput.Should().Equal(3);
        ofInput.Should().Equal(weights.Select(w => 3 * w));
        x.Grad!.ToArray<double>().Should().Equal(weights.Select(w => 3 * w * 10));
        layer.Weight.Grad!.ToArray<double>().Should().Equal(3, -6);
    }

    [Fact]
    public void BackwardHook_WhereTheInputNeedsNoGradient_SeesThatOfTheOutput()
    {
        Dense layer = new(2, 1, dtype: DType.Float64, generator: new(1));
        bool wasCalled = false;
        using IDisposable hook = layer.AddBackwardHook((_, dx, dy) =>
        {
            wasCalled = true;
            dx.Should().BeNull();
            dy.ToArray<double>().Should().Equal(1);
            return null;
        });
        layer.Forward(s_x).Sum().Backward();
        wasCalled.Should().BeTrue();
    }

    [Fact]
    public void Sequential_WithAHookOnAFusedPair_RunsTheLayersApartWithTheSameBits()
    {
        RandomGenerator generator = new(2);
        Sequential model = new(new Dense(2, 16, dtype: DType.Float64, generator: generator), new ReLU(), new Dense(16, 1, dtype: DType.Float64, generator: generator));
        double[] expected = model.Forward(s_x).ToArray<double>();
        Tensor? kept = null;
        using IDisposable hook = model[0].AddForwardHook((_, _, y) =>
        {
            kept = y;
            return null;
        });
        model.Forward(s_x).ToArray<double>().Should().Equal(expected);
        kept!.ToArray<double>().Should().HaveCount(16).And.Contain(value => value < 0, "the hook sees what the rectifier has not cut, and may keep it");
    }
}
