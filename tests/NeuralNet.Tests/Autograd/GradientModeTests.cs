namespace NeuralNet.Tests;

public sealed class GradientModeTests
{
    private readonly Tensor _x = Tensor.From([1f, 2f]).RequireGrad();

    [Fact]
    public void NoGrad_Inside_RecordsNothing()
    {
        using (Autograd.NoGrad())
        {
            Autograd.IsEnabled.Should().BeFalse();
            (_x * 2).RequiresGrad.Should().BeFalse();
            _x.RequiresGrad.Should().BeTrue();
        }
        Autograd.IsEnabled.Should().BeTrue();
        (_x * 2).RequiresGrad.Should().BeTrue();
    }

    [Fact]
    public void EnableGrad_InsideNoGrad_RecordsAgain()
    {
        using (Autograd.NoGrad())
        {
            using (Autograd.EnableGrad())
                (_x * 2).RequiresGrad.Should().BeTrue();
            Autograd.IsEnabled.Should().BeFalse();
        }
    }

    [Fact]
    public void NoGrad_Exception_Restores()
    {
        FluentActions.Invoking(() =>
        {
            using (Autograd.NoGrad())
                throw new InvalidOperationException();
        }).Should().Throw<InvalidOperationException>();

        Autograd.IsEnabled.Should().BeTrue();
    }

    [Fact]
    public void Mode_Default_DisposesToNothing()
    {
        default(Autograd.Mode).Dispose();

        Autograd.IsEnabled.Should().BeTrue();
    }

    [Fact]
    public async Task NoGrad_AcrossAwait_Flows()
    {
        using (Autograd.NoGrad())
        {
            await Task.Yield();
            Autograd.IsEnabled.Should().BeFalse();
            (await Task.Run(() => Autograd.IsEnabled)).Should().BeFalse();
        }
        Autograd.IsEnabled.Should().BeTrue();
        await Task.Yield();
        Autograd.IsEnabled.Should().BeTrue();
    }

    [Fact]
    public async Task NoGrad_InACalledMethod_DoesNotLeak()
    {
        await EvaluateAsync();

        Autograd.IsEnabled.Should().BeTrue();

        static async Task EvaluateAsync()
        {
            _ = Autograd.NoGrad();
            await Task.Yield();
            Autograd.IsEnabled.Should().BeFalse();
        }
    }

    [Fact]
    public void NoGrad_InParallelTasks_HoldsForEachAlone()
    {
        using Barrier barrier = new(4);
        Task<bool>[] tasks = new Task<bool>[4];
        for (int i = 0; i < tasks.Length; i++)
        {
            bool isOff = i % 2 == 0;
            tasks[i] = Task.Factory.StartNew(
                () =>
                {
                    using Autograd.Mode mode = isOff ? Autograd.NoGrad() : Autograd.EnableGrad();
                    barrier.SignalAndWait();
                    bool recorded = (_x * 2).RequiresGrad;
                    barrier.SignalAndWait();
                    return recorded;
                },
                TaskCreationOptions.LongRunning);
        }

        tasks.Select(task => task.Result).Should().Equal(false, true, false, true);
        Autograd.IsEnabled.Should().BeTrue();
    }

    [Fact]
    public void InferenceScope_Inside_RecordsNothingAndEndsTensors()
    {
        Tensor kept;
        Tensor temporary;
        using (InferenceScope inference = new())
        {
            temporary = _x * 2;
            kept = inference.Keep(temporary + 1);
        }

        Autograd.IsEnabled.Should().BeTrue();
        temporary.IsDisposed.Should().BeTrue();
        kept.RequiresGrad.Should().BeFalse();
        kept.ToArray<float>().Should().Equal(3, 5);
    }

    [Fact]
    public void InferenceScope_DisposedAgain_LeavesTheModeAlone()
    {
        InferenceScope inference = new();
        inference.Dispose();
        using (Autograd.NoGrad())
        {
            inference.Dispose();
            Autograd.IsEnabled.Should().BeFalse();
        }
    }

    [Fact]
    public void TensorScope_EndedInsideNoGrad_LeavesTheModeAlone()
    {
        TensorScope scope = new();
        using (Autograd.NoGrad())
        {
            scope.Dispose();
            Autograd.IsEnabled.Should().BeFalse();
        }
        Autograd.IsEnabled.Should().BeTrue();
    }

    [Fact]
    public void Backward_CreateGraphInsideNoGrad_StillRecords()
    {
        Tensor x = Tensor.FromScalar(3.0).RequireGrad();
        Tensor y = x * x * x;

        using (Autograd.NoGrad())
            y.Backward(createGraph: true);

        x.Grad!.RequiresGrad.Should().BeTrue();
        Gradients.Of(x.Grad, x).Item<double>().Should().Be(18);
    }
}
