namespace NeuralNet.Gpu.Tests;

/// <summary>A small network of all usual layers, with random numbers and more parameters than one launch updates, that learns one batch.</summary>
internal sealed class SmallTraining
{
    /// <summary>Not a power of two: a mean is rounded.</summary>
    private const int Batch = 13;

    private readonly Sequential _model;
    private readonly Tensor _x;
    private readonly Tensor _labels;
    private Tensor? _loss;

    public SmallTraining(string optimizer, Device device)
    {
        RandomGenerator generator = new(1);
        _model = new(
            new Conv2D(1, 8, kernelSize: 3, padding: 1, generator: generator),
            new BatchNorm2D(8),
            new ReLU(),
            new MaxPool2D(2),
            new Conv2D(8, 16, kernelSize: 3, padding: 1, generator: generator),
            new ReLU(),
            new AvgPool2D(2),
            new Flatten(),
            new Dropout(0.2, generator),
            new Dense(64, 10, generator: generator));
        _model.To(device);
        Optimizer = optimizer == nameof(Sgd)
            ? new Sgd(_model.Parameters(), learningRate: 0.05, momentum: 0.9, dampening: 0.1)
            : new Adam(_model.Parameters(), learningRate: 2e-3);
        _x = Tensor.Zeros([Batch, 1, 8, 8], device: device);
        _labels = Tensor.Zeros([Batch], DType.Int64, device);
        Load(0);
    }

    public Optimizer Optimizer { get; }

    /// <summary>The loss of the last step; waits for it.</summary>
    public float Loss => _loss!.Item<float>();

    /// <summary>Brings another batch.</summary>
    public void Load(int batch)
    {
        RandomGenerator generator = new(100 + (ulong)batch);
        _x.CopyFrom(Tensor.Randn([Batch, 1, 8, 8], generator: generator).To(_x.Device));
        _labels.CopyFrom(Tensor.RandInt(0, 10, [Batch], generator: generator).To(_x.Device));
    }

    public void Step()
    {
        Optimizer.ZeroGrad();
        _loss = new CrossEntropy().Forward(_model.Forward(_x), _labels);
        _loss.Backward();
        Optimizer.Step();
    }

    /// <summary>Lets go of what the last step left.</summary>
    public void Drop()
    {
        _loss = null;
        Optimizer.ZeroGrad();
    }

    public double[] Weights() => [.. _model.StateDict().Values.SelectMany(state => state.Cast(DType.Float64).ToArray<double>())];
}
