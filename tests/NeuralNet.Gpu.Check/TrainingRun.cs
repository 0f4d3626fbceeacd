using NeuralNet.Benchmarks;

namespace NeuralNet.Gpu.Check;

/// <summary>A network on a device that learns one batch of noise.</summary>
internal sealed class TrainingRun
{
    private const long Classes = 10;

    private readonly Layer _model;
    private readonly Sgd _optimizer;
    private readonly CrossEntropy _loss = new();
    private readonly Tensor _x;
    private readonly Tensor _labels;

    private TrainingRun(Layer model, Shape input, Device device)
    {
        RandomGenerator generator = new(7);
        _model = model;
        _model.To(device);
        _optimizer = new Sgd(_model.Parameters(), learningRate: 0.01, momentum: 0.9);
        _x = Tensor.Randn(input, generator: generator).To(device);
        _labels = Tensor.RandInt(0, Classes, [input[0]], generator: generator).To(device);
    }

    /// <summary>The networks whose training is compared.</summary>
    public static IEnumerable<(string Name, Func<Device, TrainingRun> Create)> Networks(long batch) =>
    [
        ("mlp", device => Mlp(device, batch)),
        ("lenet", device => OfImages(ImageModel.LeNet, device, batch)),
        ("vgg", device => OfImages(ImageModel.Vgg, device, batch)),
    ];

    public static TrainingRun Mlp(Device device, long batch)
    {
        RandomGenerator generator = new(3);
        Sequential model = new(
            new Dense(784, 512, generator: generator), new ReLU(), new Dense(512, 512, generator: generator), new ReLU(), new Dense(512, Classes, generator: generator));
        return new(model, [batch, 784], device);
    }

    public static TrainingRun OfImages(ImageModel network, Device device, long batch) =>
        new(network.Create(device), [batch, network.Channels, network.Size, network.Size], device);

    /// <summary>Forward, backward and a step, without waiting for the loss.</summary>
    public Tensor Run()
    {
        _optimizer.ZeroGrad();
        Tensor loss = _loss.Forward(_model.Forward(_x), _labels);
        loss.Backward();
        _optimizer.Step();
        return loss;
    }

    public double Step() => Run().Item<float>();
}
