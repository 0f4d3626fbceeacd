using NeuralNet.Backends.Gpu.Kernels;

namespace NeuralNet.Gpu.Tests;

/// <summary>What a user meets: choosing a device, errors, memory, several threads.</summary>
public sealed class GpuDeviceTests
{
    [Fact]
    public void Explain_OnAnyMachine_SpeaksOfBothDrivers() =>
        GpuDevice.Explain().Should().Contain("CUDA: ").And.Contain("OpenCL: ");

    [Fact]
    public void Named_Cpu_IsTheProcessor() => GpuDevice.Named("cpu").Should().BeSameAs(Device.Cpu);

    [Fact]
    public void Named_UnknownDevice_ListsThoseThatAre()
    {
        Action find = () => GpuDevice.Named("cuda:7");
        find.Should().Throw<DeviceException>().WithMessage("GpuDevice.Named: there is no device cuda:7. There are: cpu*");
    }

    [GpuFact]
    public void Named_Gpu_IsTheFirst()
    {
        GpuDevice.Named("gpu").Should().BeSameAs(GpuDevice.All[0]);
        GpuDevice.Named(GpuDevice.All[0].Name.Split(':')[0]).Should().BeSameAs(GpuDevice.All[0]);
        GpuDevice.Default.Description.Should().NotBeEmpty();
        GpuDevice.Default.MemoryBytes.Should().BePositive();
    }

    [GpuFact]
    public void Op_OfTensorsOnTwoDevices_NamesBoth()
    {
        Tensor here = Tensor.Ones([2]);
        Tensor there = Tensor.Ones([2], device: TestedDevice.Device);
        Action add = () => (here + there).ToArray<float>();
        add.Should().Throw<DeviceException>().WithMessage($"*cpu*{TestedDevice.Device.Name}*To*");
    }

    [GpuFact]
    public void Read_OfATensorOnAGpu_SaysWhatToDo()
    {
        Tensor there = Tensor.Ones([2], device: TestedDevice.Device);
        Action read = () => there.Read<float>(span => span.Length.Should().Be(2));
        read.Should().Throw<DeviceException>().WithMessage("*To(Device.Cpu)*");
    }

    [GpuFact]
    public void Allocation_OfMoreThanThereIs_ThrowsAndLeavesTheDeviceUsable()
    {
        Tensor before = Tensor.Arange(0.0, 10).To(TestedDevice.Device);
        Action allocate = () => Tensor.Zeros([1L << 48], device: TestedDevice.Device);
        allocate.Should().Throw<OutOfDeviceMemoryException>().Which.Device.Should().Be(TestedDevice.Device.Name);
        (before * 2).ToArray<float>().Should().Equal(Enumerable.Range(0, 10).Select(i => 2f * i));
    }

    [Fact]
    public void RequireNumbered_OfTooManyPixels_Throws()
    {
        Action require = () => SpatialSizes.RequireNumbered(Layout.Contiguous(new Shape(1L << 20, 3, 1L << 12)));
        require.Should().Throw<ShapeException>().WithMessage("GPU: images of shape [1048576, 3, 4096] have 4294967296 pixels*");
    }

    [GpuFact]
    public void Dispose_OfADevice_EndsItsTensors()
    {
        GpuDevice device = TestedDevice.Device.OpenAgain("closed");
        Tensor x = Tensor.Ones([100], device: device);
        (x + x).ToArray<float>().Should().OnlyContain(element => element == 2);
        device.Dispose();
        device.Dispose();
        Action use = () => (x + x).ToArray<float>();
        use.Should().Throw<ObjectDisposedException>().WithMessage("closed: this device was closed*To*");
        Action wait = device.Synchronize;
        wait.Should().Throw<ObjectDisposedException>();
    }

    [GpuFact]
    public void Tensors_OfTwoOpenings_DoNotMix()
    {
        using GpuDevice other = TestedDevice.Device.OpenAgain("other");
        Tensor here = Tensor.Ones([2], device: TestedDevice.Device);
        Tensor there = here.To(other);
        there.ToArray<float>().Should().Equal(1, 1);
        Action add = () => (here + there).ToArray<float>();
        add.Should().Throw<DeviceException>().WithMessage("*other*");
    }

    [GpuFact]
    public void Threads_ThatShareADevice_GetWhatOneAloneGets()
    {
        Tensor[] inputs = [.. Enumerable.Range(0, 4).Select(seed => Tensor.Randn([64, 64], generator: new((ulong)seed)).To(TestedDevice.Device))];
        float[][] alone = [.. inputs.Select(x => x.MatMul(x).Tanh().ToArray<float>())];
        float[][] together = new float[inputs.Length][];
        Thread[] threads = [.. Enumerable.Range(0, inputs.Length).Select(i => new Thread(() =>
        {
            for (int round = 0; round < 20; round++)
                together[i] = inputs[i].MatMul(inputs[i]).Tanh().ToArray<float>();
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        for (int i = 0; i < inputs.Length; i++)
            together[i].Should().Equal(alone[i]);
    }

    [GpuFact]
    public void Transfers_WhileTheCollectorMovesArrays_LoseNothing()
    {
        Tensor slow = Tensor.Ones([256, 256], device: TestedDevice.Device);
        using CancellationTokenSource end = new();
        Thread mover = new(() =>
        {
            // Every other array dies, so that a collection moves those between.
            List<byte[]> survivors = [];
            while (!end.IsCancellationRequested)
            {
                for (int i = 0; i < 1000; i++)
                {
                    _ = new byte[200];
                    survivors.Add(new byte[100]);
                }
                GC.Collect(0);
                if (survivors.Count > 20_000)
                    survivors.Clear();
            }
        });
        mover.Start();
        for (int round = 0; round < 50; round++)
        {
            _ = slow.MatMul(slow);
            float[] values = [.. Enumerable.Range(0, 16).Select(i => (float)(i + round))];
            Tensor there = Tensor.From(values).To(TestedDevice.Device);
            _ = slow.MatMul(slow);
            there.ToArray<float>().Should().Equal(values);
        }
        end.Cancel();
        mover.Join();
    }

    [GpuFact]
    public void Uploads_OfMoreThanIsStagedAtOnce_LoseNothing()
    {
        const int Length = 1 << 18;
        Tensor slow = Tensor.Ones([512, 512], device: TestedDevice.Device);
        _ = slow.MatMul(slow);
        Tensor[] there = [.. Enumerable.Range(0, 40).Select(i => Tensor.From(Enumerable.Repeat((float)i, Length).ToArray()).To(TestedDevice.Device))];
        _ = slow.MatMul(slow);
        for (int i = 0; i < there.Length; i++)
            there[i].ToArray<float>().Should().OnlyContain(element => element == i);
        float[] large = [.. Enumerable.Range(0, 3_000_000).Select(i => (float)i)];
        Tensor.From(large, device: TestedDevice.Device).ToArray<float>().AsSpan().SequenceEqual(large).Should().BeTrue();
    }

    [GpuFact]
    public void Draws_OnAGpu_AreThoseOfTheProcessor()
    {
        Tensor Here(Func<Device, RandomGenerator, Tensor> draw) => draw(Device.Cpu, new(5));
        Tensor There(Func<Device, RandomGenerator, Tensor> draw) => draw(TestedDevice.Device, new(5));
        Func<Device, RandomGenerator, Tensor> uniform = (device, generator) => Tensor.Rand(new Shape(1001), device: device, generator: generator);
        There(uniform).ToArray<float>().Should().Equal(Here(uniform).ToArray<float>());
        Func<Device, RandomGenerator, Tensor> doubles = (device, generator) => Tensor.Rand(new Shape(1001), DType.Float64, device, generator);
        There(doubles).ToArray<double>().Should().Equal(Here(doubles).ToArray<double>());
        Func<Device, RandomGenerator, Tensor> integers = (device, generator) => Tensor.RandInt(-5, 1000, new Shape(1001), device: device, generator: generator);
        There(integers).ToArray<long>().Should().Equal(Here(integers).ToArray<long>());
        Func<Device, RandomGenerator, Tensor> normals = (device, generator) => Tensor.Randn(new Shape(1001), device: device, generator: generator);
        There(normals).ToArray<float>().Zip(Here(normals).ToArray<float>(), (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(2e-6f);
    }
}
