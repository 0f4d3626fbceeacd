using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NeuralNet.Backends;
using NeuralNet.Testing;

namespace NeuralNet.Tests.Learning;

/// <summary>That a seed decides every bit of a training: not the number of threads, not what runs beside it.</summary>
public sealed class ReproducibilityTests
{
    private const int Users = 8;

    [Theory]
    [InlineData(nameof(Sgd))]
    [InlineData(nameof(Adam))]
    public void Training_OnAnyNumberOfThreads_GivesTheSameWeights(string optimizer) =>
        Devices.Threads.Select(threads => Hash(Train(Devices.Of(CpuOptions.WidestInstructionSet, threads), seed: 1, steps: 200, optimizer)))
            .Distinct().Should().ContainSingle();

    [Theory]
    [InlineData("LeNet")]
    [InlineData("Winograd")]
    public void TrainingOfConvolutions_OnAnyNumberOfThreads_GivesTheSameWeights(string name) =>
        Devices.Threads.Select(threads => Hash(TrainOnImages(Devices.Of(CpuOptions.WidestInstructionSet, threads), name)))
            .Distinct().Should().ContainSingle();

    [Fact]
    public void Training_WithASeed_RepeatsAndWithAnotherDiffers()
    {
        string first = Hash(Train(Device.Cpu, seed: 2, steps: 5));
        Hash(Train(Device.Cpu, seed: 2, steps: 5)).Should().Be(first);
        Hash(Train(Device.Cpu, seed: 3, steps: 5)).Should().NotBe(first);
    }

    [Fact]
    public void Training_OfManyNetworksAtOnce_GivesTheWeightsOfOneAfterTheOther()
    {
        string[] alone = [.. Enumerable.Range(0, Users).Select(user => Hash(Train(Device.Cpu, (ulong)user, steps: 5)))];
        ConcurrentDictionary<int, string> together = [];
        InThreads(user => together[user] = Hash(Train(Device.Cpu, (ulong)user, steps: 5)));
        Enumerable.Range(0, Users).Select(user => together[user]).Should().Equal(alone);
        alone.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Forward_InEvaluationByManyThreads_GivesTheBitsOfOne()
    {
        RandomGenerator generator = new(1);
        Sequential model = Model(generator);
        model.Eval();
        Tensor[] inputs = [.. Enumerable.Range(0, Users).Select(_ => Tensor.Randn([16, 256], generator: generator))];
        float[][] alone = [.. inputs.Select(x => model.Forward(x).ToArray<float>())];
        ConcurrentDictionary<int, bool> isEqual = [];
        InThreads(user => isEqual[user] = Enumerable.Range(0, 20)
            .All(_ => model.Forward(inputs[user]).ToArray<float>().SequenceEqual(alone[user])));
        isEqual.Values.Should().HaveCount(Users).And.OnlyContain(equal => equal);
    }

    [Fact]
    public async Task Forward_WhileAnotherCallerIsInAKernel_Completes()
    {
        RandomGenerator generator = new(1);
        GateLayer gate = new();
        Sequential model = new(new Dense(256, 512, generator: generator), gate, new Dense(512, 10, generator: generator));
        model.Eval();
        Tensor x = Tensor.Randn([256, 256], generator: generator);
        float[] alone = model.Forward(x).ToArray<float>();
        TimeSpan limit = TimeSpan.FromMinutes(1);

        gate.IsClosedToOne = true;
        Task<float[]> blocked = Task.Factory.StartNew(() => model.Forward(x).ToArray<float>(), TaskCreationOptions.LongRunning);
        GateOperator.Entered.Wait(limit).Should().BeTrue();
        float[] meanwhile = await Task.Run(() => model.Forward(x).ToArray<float>()).WaitAsync(limit);
        bool wasBlocked = !blocked.IsCompleted;
        GateOperator.Open.Set();

        wasBlocked.Should().BeTrue("the first caller stood in a kernel all the while");
        meanwhile.Should().Equal(alone);
        (await blocked.WaitAsync(limit)).Should().Equal(alone);
    }

    /// <summary>Threads of their own, so that all of them run at once.</summary>
    private static void InThreads(Action<int> act)
    {
        ConcurrentQueue<Exception> errors = [];
        Thread[] threads =
        [
            .. Enumerable.Range(0, Users).Select(user => new Thread(() =>
            {
                try
                {
                    act(user);
                }
                catch (Exception error)
                {
                    errors.Enqueue(error);
                }
            })),
        ];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        errors.Should().BeEmpty();
    }

    private static Sequential Model(RandomGenerator generator) => new(
        new Dense(256, 512, generator: generator),
        new ReLU(),
        new Dropout(0.3, generator),
        new Dense(512, 10, generator: generator));

    private static Sequential Train(Device device, ulong seed, int steps, string optimizerName = nameof(Adam))
    {
        RandomGenerator generator = new(seed);
        Sequential model = Model(generator);
        model.To(device);
        Tensor images = Tensor.Randn([640, 256], generator: generator);
        Tensor labels = Tensor.RandInt(0, 10, [640], generator: generator);
        TensorDataset data = new(images.To(device), labels.To(device));
        DataLoader loader = new(data, batchSize: 64, shuffle: true, generator: generator);
        Optimizer optimizer = optimizerName == nameof(Adam)
            ? new Adam(model.Parameters())
            : new Sgd(model.Parameters(), learningRate: 0.01, momentum: 0.9);
        int step = 0;
        while (step < steps)
        {
            foreach ((Tensor x, Tensor y) in loader)
            {
                if (step++ == steps)
                    break;
                optimizer.ZeroGrad();
                new CrossEntropy().Forward(model.Forward(x), y).Backward();
                optimizer.Step();
            }
        }
        return model;
    }

    /// <summary>50 steps on noise: of LeNet, or of a network wide enough for Winograd's algorithm, with batch normalisation.</summary>
    private static Sequential TrainOnImages(Device device, string name)
    {
        RandomGenerator g = new(1);
        Sequential model = name == "LeNet"
            ? new(
                new Conv2D(1, 6, 5, padding: 2, activation: new ReLU(), generator: g),
                new MaxPool2D(2),
                new Conv2D(6, 16, 5, activation: new ReLU(), generator: g),
                new MaxPool2D(2),
                new Flatten(),
                new Dense(400, 120, activation: new ReLU(), generator: g),
                new Dense(120, 84, activation: new ReLU(), generator: g),
                new Dense(84, 10, generator: g))
            : new(
                new Conv2D(1, 32, 3, padding: 1, generator: g),
                new BatchNorm2D(32),
                new ReLU(),
                new Conv2D(32, 40, 3, padding: 1, generator: g),
                new BatchNorm2D(40),
                new ReLU(),
                new GlobalAvgPool2D(),
                new Dense(40, 10, generator: g));
        model.To(device);
        Tensor images = Tensor.Randn([16, 1, 28, 28], generator: g).To(device);
        Tensor labels = Tensor.RandInt(0, 10, [16], generator: g).To(device);
        Sgd optimizer = new(model.Parameters(), learningRate: 0.01, momentum: 0.9);
        for (int step = 0; step < 50; step++)
        {
            optimizer.ZeroGrad();
            new CrossEntropy().Forward(model.Forward(images), labels).Backward();
            optimizer.Step();
        }
        return model;
    }

    private static string Hash(Module model)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Tensor tensor in model.StateDict().Values.Where(tensor => tensor.DType == DType.Float32))
            hash.AppendData(MemoryMarshal.AsBytes(tensor.AsSpan<float>()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The identity, computed for one caller by a kernel that waits.</summary>
    private sealed class GateLayer : Layer
    {
        private int _closed;

        public bool IsClosedToOne
        {
            set => Volatile.Write(ref _closed, value ? 1 : 0);
        }

        protected override Tensor Compute(Tensor x)
        {
            if (Interlocked.Exchange(ref _closed, 0) == 0)
                return x;
            Tensor y = Tensor.Empty(x.Shape, x.DType, x.Device);
            x.Device.Backend.Unary(default(GateOperator), x.View<float>(), y.View<float>());
            return y;
        }
    }

    private readonly struct GateOperator : IUnaryOperator<float>
    {
        public static ManualResetEventSlim Entered { get; } = new();

        public static ManualResetEventSlim Open { get; } = new();

        public float Invoke(float x)
        {
            Entered.Set();
            Open.Wait();
            return x;
        }
    }
}
