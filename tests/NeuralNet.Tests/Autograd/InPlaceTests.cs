namespace NeuralNet.Tests;

/// <summary>Writing in place is for data: the engine refuses where a gradient would be wrong.</summary>
public sealed class InPlaceTests
{
    [Theory]
    [InlineData("Fill")]
    [InlineData("CopyFrom")]
    [InlineData("Write")]
    [InlineData("x[…] = y")]
    public void Write_ToALeafThatRequiresAGradient_Throws(string how)
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();

        FluentActions.Invoking(() => WriteBy(how, x)).Should().Throw<InvalidOperationException>()
            .WithMessage($"{how}: this tensor of [2] requires a gradient, and writing in place cannot be differentiated. Write inside Autograd.NoGrad(), or compute a new tensor with Where, ScatterAdd or Concat.");
        x.ToArray<float>().Should().Equal(1, 2);
    }

    [Theory]
    [InlineData("Fill")]
    [InlineData("CopyFrom")]
    [InlineData("Write")]
    [InlineData("x[…] = y")]
    public void Write_ToARecordedResult_NamesItsOperation(string how)
    {
        Tensor y = Tensor.From([1f, 2f]).RequireGrad().Tanh();

        FluentActions.Invoking(() => WriteBy(how, y)).Should().Throw<InvalidOperationException>().WithMessage($"{how}: this tensor of [2] requires a gradient (it is the result of Tanh)*");
    }

    [Theory]
    [InlineData("Fill")]
    [InlineData("CopyFrom")]
    [InlineData("Write")]
    [InlineData("x[…] = y")]
    public void Write_ToASavedInput_BackwardNamesTheOperation(string how)
    {
        Tensor w = Tensor.From([1f, 2f]).RequireGrad();
        Tensor data = Tensor.From([3f, 4f]);
        Tensor loss = (w * data).Sum();

        WriteBy(how, data);

        loss.Invoking(t => t.Backward()).Should().Throw<InvalidOperationException>()
            .WithMessage("Multiply: a tensor of Float32 [2] that the backward pass needs was written in place after the operation used it (version *, expected 0). Run Backward before the write, or write to a Clone().");
        w.Grad.Should().BeNull();
    }

    [Fact]
    public void Write_ToASavedOutput_BackwardNamesTheOperation()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();
        Tensor y = x.Exp();

        using (Autograd.NoGrad())
            y.Fill(0);

        FluentActions.Invoking(() => y.Sum().Backward()).Should().Throw<InvalidOperationException>().WithMessage("Exp: a tensor of Float32 [2]*written in place*");
    }

    [Fact]
    public void Write_ThroughAView_IsSeenToo()
    {
        Tensor w = Tensor.From([1f, 2f]).RequireGrad();
        Tensor data = Tensor.From([3f, 4f, 5f]);
        Tensor loss = (w * data[..2]).Sum();

        data[2].Fill(0);

        loss.Invoking(t => t.Backward()).Should().Throw<InvalidOperationException>().WithMessage("Multiply:*written in place*", "the version belongs to the storage");
    }

    [Fact]
    public void Write_ToWhatIsNotSaved_DoesNotMatter()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();
        Tensor data = Tensor.From([3f, 4f]);
        Tensor loss = (x + data).Sum();

        data.Fill(0);
        loss.Backward();

        x.Grad!.ToArray<float>().Should().Equal(1, 1);
    }

    [Fact]
    public void Write_OptimizerStepBetweenPasses_TrainsOn()
    {
        Tensor w = Tensor.From([4f]).RequireGrad();
        for (int step = 0; step < 3; step++)
        {
            w.Grad = null;
            (w * w).Sum().Backward();
            using (Autograd.NoGrad())
                w.CopyFrom(w - w.Grad! * 0.25);
        }

        w.Item<float>().Should().Be(0.5f);
    }

    [Fact]
    public void Write_ParameterBetweenForwardAndBackward_Throws()
    {
        Tensor w = Tensor.From([4f]).RequireGrad();
        Tensor loss = (w * w).Sum();
        using (Autograd.NoGrad())
            w.Fill(1);

        loss.Invoking(t => t.Backward()).Should().Throw<InvalidOperationException>().WithMessage("Multiply:*version 1, expected 0*");
    }

    [Fact]
    public void Write_WriterThatThrows_StillCountsAsAWrite()
    {
        Tensor w = Tensor.From([1f, 2f]).RequireGrad();
        Tensor data = Tensor.From([3f, 4f]);
        Tensor loss = (w * data).Sum();

        data.Invoking(t => t.Write<float>(span =>
        {
            span[0] = 9;
            throw new TimeoutException();
        })).Should().Throw<TimeoutException>();

        loss.Invoking(t => t.Backward()).Should().Throw<InvalidOperationException>().WithMessage("*written in place*");
    }

    [Fact]
    public void Write_ToAGradient_IsAllowed()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();
        (x * 2).Sum().Backward();

        x.Grad!.Fill(0);
        (x * 3).Sum().Backward();

        x.Grad!.ToArray<float>().Should().Equal(3, 3);
    }

    [Theory]
    [InlineData("Fill")]
    [InlineData("CopyFrom")]
    [InlineData("Write")]
    [InlineData("x[…] = y")]
    public void Write_ToAnExpandedTensor_Throws(string how) =>
        FluentActions.Invoking(() => WriteBy(how, Tensor.Zeros(1).Expand([2]))).Should().Throw<InvalidOperationException>()
            .WithMessage($"{how}: several elements of this expanded tensor of [2] are one in memory. Write to its Clone().");

    private static void WriteBy(string how, Tensor x)
    {
        switch (how)
        {
            case "Fill": x.Fill(7); break;
            case "CopyFrom": x.CopyFrom(Tensor.Zeros(2)); break;
            case "Write": x.Write<float>(span => span.Clear()); break;
            default: x[..] = Tensor.Zeros(2); break;
        }
    }
}
