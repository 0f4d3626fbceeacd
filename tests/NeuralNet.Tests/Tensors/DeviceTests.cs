namespace NeuralNet.Tests;

public sealed class DeviceTests
{
    private static readonly Device s_other = Device.CreateCpu(new() { Threads = 2 });

    [Fact]
    public void To_OtherDevice_CopiesKeepingTheOrderInMemory()
    {
        Tensor x = Tensor.Arange(6).Reshape(2, 3).T;
        Tensor y = x.To(s_other);
        x.Fill(0);

        y.Device.Should().BeSameAs(s_other);
        y.Strides.ToArray().Should().Equal(1, 3);
        y.ToArray<long>().Should().Equal(0, 3, 1, 4, 2, 5);
    }

    [Fact]
    public void To_SliceWithOffset_CopiesThePart() =>
        Tensor.Arange(12).Reshape(3, 4)[1.., 1..3].To(s_other).ToArray<long>().Should().Equal(5, 6, 9, 10);

    [Fact]
    public void To_ManyMebibytes_CopiesAll()
    {
        Tensor x = Tensor.Arange((1 << 20) + 3, DType.Float32);

        x.To(s_other).ToArray<float>().Should().Equal(x.ToArray<float>());
    }

    [Fact]
    public void To_SameDevice_IsTheTensor()
    {
        Tensor x = Tensor.Zeros(2);

        x.To(Device.Cpu).Should().BeSameAs(x);
    }

    [Fact]
    public void To_Gradient_FlowsBackToTheSource()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();

        (x.To(s_other) * 3).Sum().Backward();

        x.Grad!.Device.Should().BeSameAs(Device.Cpu);
        x.Grad.ToArray<float>().Should().Equal(3, 3);
    }

    [Fact]
    public void To_MetaAndBack_KeepsTheShapeThenThrows()
    {
        Tensor meta = Tensor.Zeros([2, 3], DType.Int32).To(Device.Meta);

        meta.Shape.Should().Equal(2, 3);
        meta.DType.Should().Be(DType.Int32);
        FluentActions.Invoking(() => meta.To(Device.Cpu)).Should().Throw<DeviceException>().WithMessage("To: a tensor of [2, 3] on meta has no data to bring to cpu. Create it on cpu.");
    }

    [Fact]
    public void Meta_Program_InfersShapes()
    {
        Tensor x = Tensor.Zeros([32, 784], device: Device.Meta).RequireGrad();
        Tensor loss = x.Linear(Tensor.Zeros([10, 784], device: Device.Meta)).LogSoftmax(-1).Mean();
        loss.Backward();

        loss.Shape.Rank.Should().Be(0);
        x.Grad!.Shape.Should().Equal(32, 784);
    }

    [Fact]
    public void Mix_TwoDevices_ThrowsWithBothNames() =>
        FluentActions.Invoking(() => Tensor.Zeros(2) + Tensor.Zeros([2], device: s_other)).Should().Throw<DeviceException>()
            .WithMessage($"Add: input 0 is on cpu, input 1 on {s_other.Name}. Bring both to one device with x.To(device).");

    [Fact]
    public void CreateCpu_Devices_HaveNamesOfTheirOwn()
    {
        Device.Cpu.Name.Should().Be("cpu");
        s_other.Name.Should().StartWith("cpu:").And.NotBe(Device.CreateCpu(new()).Name);
        s_other.ToString().Should().Be(s_other.Name);
    }

    [Fact]
    public void CreateCpu_NoThreads_Throws() =>
        FluentActions.Invoking(() => Device.CreateCpu(new() { Threads = 0 })).Should().Throw<ArgumentOutOfRangeException>().WithMessage("CpuOptions.Threads: 0. Give 1 or more; *");
}
