namespace NeuralNet.Gpu.Tests;

/// <summary>Steps that are captured once and replayed.</summary>
public sealed class GpuCaptureTests
{
    [GpuTheory]
    [InlineData(nameof(Sgd))]
    [InlineData(nameof(Adam))]
    public void Replay_OfATrainingStep_GivesTheWeightsOfTheLoop(string optimizer)
    {
        SmallTraining loop = new(optimizer, TestedDevice.Device);
        SmallTraining captured = new(optimizer, TestedDevice.Device);
        loop.Load(0);
        captured.Load(0);
        loop.Step();
        using CapturedStep step = TestedDevice.Device.Capture(captured.Step);
        captured.Loss.Should().Be(loop.Loss, "to capture a step is to make it");
        for (int i = 1; i < 6; i++)
        {
            loop.Optimizer.LearningRate = captured.Optimizer.LearningRate = 0.01 / i;
            loop.Load(i);
            captured.Load(i);
            loop.Step();
            step.Replay();
            captured.Loss.Should().Be(loop.Loss, $"step {i}");
        }
        captured.Weights().Should().Equal(loop.Weights());
        captured.Optimizer.States[0].Step.Should().Be(6);
    }

    [GpuFact]
    public void Replay_InTheSteadyState_TakesNoMemory()
    {
        using GpuDevice device = TestedDevice.Device.OpenAgain("captured");
        SmallTraining training = new(nameof(Adam), device);
        training.Load(0);
        training.Step();
        training.Drop();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long alive = device.MemoryStatistics.LiveBytes;
        CapturedStep step = device.Capture(training.Step);
        step.Replay();
        long allocated = device.MemoryStatistics.AllocatedBytes;
        for (int i = 0; i < 20; i++)
            step.Replay();
        device.MemoryStatistics.AllocatedBytes.Should().Be(allocated);
        step.Dispose();
        step.Dispose();
        training.Drop();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        device.MemoryStatistics.LiveBytes.Should().Be(alive);
    }

    [GpuFact]
    public void Step_ThatIsDropped_GivesItsMemoryBack() => RequireDroppedStepReleased("dropped", device =>
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        device.FreeCachedMemory();
    });

    /// <summary>A request that cannot be met takes back what a step holds that nobody has.</summary>
    [GpuFact]
    public void Step_ThatIsDropped_IsGivenUpWhenMemoryRunsOut() => RequireDroppedStepReleased("exhausted", device =>
        FluentActions.Invoking(() => Tensor.Empty([1L << 50], DType.UInt8, device)).Should().Throw<OutOfDeviceMemoryException>()
            .Which.CachedBytes.Should().Be(0));

    [GpuFact]
    public void Dispose_RightAfterReplay_LosesNothing()
    {
        Tensor slow = Tensor.Ones([256, 256], device: TestedDevice.Device);
        Tensor y = Tensor.Zeros([1000], device: TestedDevice.Device);
        float[] values = [.. Enumerable.Range(0, 1000).Select(i => (float)i)];
        CapturedStep step = TestedDevice.Device.Capture(() => y.CopyFrom(Tensor.From(values).To(TestedDevice.Device)));
        y.Fill(0);
        for (int i = 0; i < 10; i++)
            _ = slow.MatMul(slow);
        step.Replay();
        step.Dispose();
        y.ToArray<float>().Should().Equal(values);
    }

    [GpuFact]
    public void Replay_OfACheckpoint_DrawsTheSameMaskTwice()
    {
        (Tensor X, Action Step) Create()
        {
            RandomGenerator generator = new(5);
            Dropout dropout = new(0.5, generator);
            Tensor x = Tensor.Ones([100], device: TestedDevice.Device).RequireGrad();
            return (x, () =>
            {
                x.Grad = null;
                Checkpoint.Run(input => dropout.Forward(input * 2).Tanh(), x).Sum().Backward();
            }
            );
        }
        (Tensor looped, Action loop) = Create();
        (Tensor captured, Action once) = Create();
        loop();
        using CapturedStep step = TestedDevice.Device.Capture(once);
        for (int i = 0; i < 3; i++)
        {
            loop();
            step.Replay();
            captured.Grad!.ToArray<float>().Should().Equal(looped.Grad!.ToArray<float>());
        }
    }

    [GpuFact]
    public void Replay_OfACrossEntropy_LeavesIgnoredTargetsOut()
    {
        Tensor logits = Tensor.Randn([4, 3], generator: new(1)).To(TestedDevice.Device);
        Tensor target = Tensor.Zeros([4], DType.Int64, TestedDevice.Device);
        Tensor loss = Tensor.Zeros([], device: TestedDevice.Device);
        using CapturedStep step = TestedDevice.Device.Capture(() => loss.CopyFrom(new CrossEntropy().Forward(logits, target)));
        Tensor padded = Tensor.From(new long[] { 0, -100, 1, -100 }).To(TestedDevice.Device);
        target.CopyFrom(padded);
        step.Replay();
        loss.Item<float>().Should().Be(new CrossEntropy().Forward(logits, padded).Item<float>());
    }

    [GpuFact]
    public void Replay_WithAnIndexOutOfRange_IsAnErrorOfTheNextRead()
    {
        using GpuDevice device = TestedDevice.Device.OpenAgain("indices");
        Tensor table = Tensor.Arange(0.0, 12).Cast(DType.Float32).Reshape(4, 3).To(device);
        Tensor index = Tensor.From([0L, 3L]).To(device);
        Tensor? y = null;
        using CapturedStep step = device.Capture(() => y = table.IndexSelect(0, index));
        foreach (long outside in (long[])[4, -1, long.MaxValue])
        {
            index.CopyFrom(Tensor.From([1L, outside]));
            step.Replay();
            Action read = () => y!.ToArray<float>();
            read.Should().Throw<ArgumentOutOfRangeException>()
                .WithMessage($"indices: a step that was replayed met the index {outside} at position 1 of [2], outside [0, 4). *check the indices*");
            step.Replay();
            ((Action)device.Synchronize).Should().Throw<ArgumentOutOfRangeException>();
            index.CopyFrom(Tensor.From([2L, 1L]));
            step.Replay();
            y!.ToArray<float>().Should().Equal(6, 7, 8, 3, 4, 5);
        }
    }

    [GpuFact]
    public void Replay_OfTwoStepsWithIndicesOutOfRange_IsAnErrorForEach()
    {
        using GpuDevice device = TestedDevice.Device.OpenAgain("two");
        Tensor table = Tensor.From([0f, 1f, 2f, 3f]).To(device);
        Tensor index = Tensor.From([0L]).To(device);
        Tensor? first = null, second = null;
        CapturedStep one = device.Capture(() => first = table.IndexSelect(0, index));
        using CapturedStep other = device.Capture(() => second = table.IndexSelect(0, index));
        index.CopyFrom(Tensor.From([4L]));
        one.Replay();
        other.Replay();
        one.Dispose();
        Action read = () => first!.ToArray<float>();
        read.Should().Throw<ArgumentOutOfRangeException>("to dispose of the step forgets nothing");
        read = () => second!.ToArray<float>();
        read.Should().Throw<ArgumentOutOfRangeException>("the other step met it too");
        read.Should().NotThrow();
    }

    [GpuFact]
    public void Capture_WithAnIndexOutOfRange_NamesIt()
    {
        using GpuDevice device = TestedDevice.Device.OpenAgain("capturing");
        Tensor table = Tensor.From([0f, 1f, 2f, 3f]).To(device);
        Tensor index = Tensor.From([1L, 4L]).To(device);
        Action capture = () => device.Capture(() => table.IndexSelect(0, index));
        capture.Should().Throw<ArgumentOutOfRangeException>().WithMessage("IndexSelect: index 4 at position 1 of [2] is outside [0, 4)*");
    }

    [GpuFact]
    public void Replay_WithTargetsOutOfRange_IsAnErrorUnlessTheyAreIgnored()
    {
        using GpuDevice device = TestedDevice.Device.OpenAgain("targets");
        Tensor logits = Tensor.Randn([3, 4], generator: new(1)).To(device);
        Tensor target = Tensor.From([0L, 3L, 2L]).To(device);
        Tensor? losses = null;
        using CapturedStep step = device.Capture(() => losses = logits.CrossEntropy(target));
        target.CopyFrom(Tensor.From([1L, -100L, 2L]));
        step.Replay();
        losses!.ToArray<float>().Should().Equal(logits.To(Device.Cpu).CrossEntropy(Tensor.From([1L, -100L, 2L])).ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-6f);
        target.CopyFrom(Tensor.From([1L, -100L, 4L]));
        step.Replay();
        Action read = () => losses.ToArray<float>();
        read.Should().Throw<ArgumentOutOfRangeException>().WithMessage("targets: *the index 4 at position 2 of [3], outside [0, 4)*");
    }

    [GpuFact]
    public void Capture_OfDrawsOnTheProcessor_SaysWhatToDo()
    {
        Tensor x = Tensor.Ones([3], device: TestedDevice.Device);
        Action capture = () => TestedDevice.Device.Capture(() => x.CopyFrom(Tensor.Rand([3]).To(TestedDevice.Device)));
        capture.Should().Throw<InvalidOperationException>().WithMessage($"{TestedDevice.Device.Name}: a step that is captured draws random numbers elsewhere*");
        using CapturedStep step = TestedDevice.Device.Capture(() => x.CopyFrom(Tensor.Rand([3], device: TestedDevice.Device, generator: new(1))));
        float first = x.ToArray<float>()[0];
        step.Replay();
        x.ToArray<float>()[0].Should().NotBe(first);
    }

    [GpuFact]
    public void Capture_OfAnOptimizerOfAnotherDevice_NamesBoth()
    {
        Parameter parameter = new(Tensor.Ones([3]));
        Sgd optimizer = new([parameter]);
        parameter.Grad = Tensor.Ones([3]);
        Action capture = () => TestedDevice.Device.Capture(optimizer.Step);
        capture.Should().Throw<InvalidOperationException>().WithMessage($"Sgd: parameter 0 is on cpu, and the step is captured on {TestedDevice.Device.Name}*");
        parameter.Value.ToArray<float>().Should().Equal(1, 1, 1);
    }

    [GpuFact]
    public void Replay_OfWhatAGraphSaved_IsNoticed()
    {
        Parameter weight = new(Tensor.Ones([3], device: TestedDevice.Device));
        Tensor x = Tensor.Ones([3], device: TestedDevice.Device);
        Tensor? h = null;
        using CapturedStep step = TestedDevice.Device.Capture(() => h = x * 2);
        Tensor loss = (weight.Value * h!).Sum();
        step.Replay();
        Action backward = () => loss.Backward();
        backward.Should().Throw<InvalidOperationException>().WithMessage("*Mul*");
    }

    [GpuFact]
    public void Replay_AfterDispose_Throws()
    {
        Tensor x = Tensor.Ones([3], device: TestedDevice.Device);
        CapturedStep step = TestedDevice.Device.Capture(() => x.Fill(2));
        step.Launches.Should().BePositive();
        step.Dispose();
        Action replay = step.Replay;
        replay.Should().Throw<ObjectDisposedException>().WithMessage("CapturedStep.Replay: this step was disposed*");
    }

    [GpuFact]
    public void Replay_OnAClosedDevice_Throws()
    {
        GpuDevice device = TestedDevice.Device.OpenAgain("closed");
        Tensor x = Tensor.Ones([3], device: device);
        CapturedStep step = device.Capture(() => x.Fill(2));
        device.Dispose();
        Action replay = step.Replay;
        replay.Should().Throw<ObjectDisposedException>().WithMessage("closed: this device was closed*");
        step.Dispose();
    }

    [GpuFact]
    public void Replay_OfDataFromTheHost_BringsThemAgain()
    {
        Tensor y = Tensor.Zeros([3], device: TestedDevice.Device);
        float[] values = [1, 2, 3];
        using CapturedStep step = TestedDevice.Device.Capture(() => y.CopyFrom(Tensor.From(values).To(TestedDevice.Device) * 2));
        y.Fill(0);
        values[0] = 100;
        step.Replay();
        y.ToArray<float>().Should().Equal(2, 4, 6);
    }

    [GpuFact]
    public void Capture_OfAStepThatReads_ThrowsAndLeavesTheDeviceUsable()
    {
        Tensor x = Tensor.Ones([3], device: TestedDevice.Device);
        Action capture = () => TestedDevice.Device.Capture(() => x.Sum().Item<float>());
        capture.Should().Throw<InvalidOperationException>().WithMessage($"{TestedDevice.Device.Name}: a step that is captured reads*Read results after Replay*");
        x.Sum().Item<float>().Should().Be(3);
        using CapturedStep step = TestedDevice.Device.Capture(() => x.Fill(2));
        x.Sum().Item<float>().Should().Be(6);
    }

    [GpuFact]
    public void Capture_WithinACapture_Throws()
    {
        GpuDevice device = TestedDevice.Device;
        Tensor x = Tensor.Ones([3], device: device);
        Action nested = () => device.Capture(() => device.Capture(() => x.Fill(2)));
        nested.Should().Throw<InvalidOperationException>().WithMessage($"{device.Name}: this device captures another step*");
        using CapturedStep step = device.Capture(() => x.Fill(3));
        Action replayed = () => device.Capture(step.Replay);
        replayed.Should().Throw<InvalidOperationException>().WithMessage($"{device.Name}: a step that is captured replays another*");
    }

    [GpuFact]
    public void Capture_OfAnOptimizerOfYourOwn_SaysWhatToDo()
    {
        Parameter parameter = new(Tensor.Ones([3], device: TestedDevice.Device));
        Plain optimizer = new([parameter]);
        Action capture = () => TestedDevice.Device.Capture(() =>
        {
            parameter.Value.Sum().Backward();
            optimizer.Step();
        });
        capture.Should().Throw<InvalidOperationException>().WithMessage("Plain: its steps cannot be captured*call Step after each Replay*");
    }

    [GpuFact]
    public void Replay_AfterTheModelWasMoved_Throws()
    {
        Dense model = new(3, 2, generator: new(1));
        model.To(TestedDevice.Device);
        Sgd optimizer = new(model.Parameters());
        Tensor x = Tensor.Ones([4, 3], device: TestedDevice.Device);
        using CapturedStep step = TestedDevice.Device.Capture(() =>
        {
            optimizer.ZeroGrad();
            model.Forward(x).Sum().Backward();
            optimizer.Step();
        });
        model.To(Device.Cpu);
        Action replay = step.Replay;
        replay.Should().Throw<InvalidOperationException>().WithMessage("Sgd: parameter 0 is another tensor*Capture it again*");
    }

    [GpuFact]
    public void Capture_OfALayerWithoutSizes_SaysWhatToDo()
    {
        Dense model = new(-1, 3);
        model.To(TestedDevice.Device);
        Tensor x = Tensor.Ones([4, 2], device: TestedDevice.Device);
        Action capture = () => TestedDevice.Device.Capture(() => model.Forward(x));
        capture.Should().Throw<InvalidOperationException>().WithMessage("*Dense*Run the model once before*");
        model.Forward(x);
        using CapturedStep step = TestedDevice.Device.Capture(() => model.Forward(x));
    }

    [GpuFact]
    public void Capture_BesideAnotherThread_RecordsItsOwnStepOnly()
    {
        Tensor x = Tensor.Ones([3], device: TestedDevice.Device);
        Tensor other = Tensor.Ones([3], device: TestedDevice.Device);
        using CapturedStep step = TestedDevice.Device.Capture(() =>
        {
            x.CopyFrom(x + 1);
            Thread thread = new(() => other.CopyFrom(other + 1));
            thread.Start();
            thread.Join();
        });
        step.Replay();
        x.ToArray<float>().Should().Equal(3, 3, 3);
        other.ToArray<float>().Should().Equal(2, 2, 2);
    }

    private static void RequireDroppedStepReleased(string name, Action<GpuDevice> release)
    {
        using GpuDevice device = TestedDevice.Device.OpenAgain(name);
        Tensor x = Tensor.Ones([1000], device: device);
        long alive = device.MemoryStatistics.LiveBytes;
        CaptureAndDrop(device, x);
        release(device);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        device.MemoryStatistics.LiveBytes.Should().Be(alive);
        x.ToArray<float>().Should().OnlyContain(element => element == 1);
    }

    private static void CaptureAndDrop(GpuDevice device, Tensor x) => device.Capture(() => _ = x + 1).Replay();

    private sealed class Plain(IEnumerable<Parameter> parameters) : Optimizer(parameters, learningRate: 0.1)
    {
        protected override void Update(Tensor parameter, Tensor gradient, OptimizerState state) =>
            parameter.CopyFrom(parameter - gradient * LearningRate);
    }
}
