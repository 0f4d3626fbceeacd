using NeuralNet.Datasets;

namespace NeuralNet.Samples;

/// <summary>A small convolutional network that learns to read handwritten digits of 8×8 pixels.</summary>
public sealed class DigitClassifier
{
    private const double LearningRate = 2e-3;

    private readonly RandomGenerator _generator;

    public DigitClassifier(ulong seed, Device? device = null)
    {
        device ??= Device.Cpu;
        _generator = new RandomGenerator(seed);
        Model = NewModel(_generator);
        Model.To(device);
        Data = Datasets.Digits.Load();
        Data = Data with
        {
            TrainImages = Data.TrainImages.To(device),
            TrainLabels = Data.TrainLabels.To(device),
            TestImages = Data.TestImages.To(device),
            TestLabels = Data.TestLabels.To(device),
        };
    }

    public Sequential Model { get; }

    public ImageClassificationData Data { get; }

    public static Sequential NewModel(RandomGenerator? generator = null) => new(
        new Conv2D(1, 16, kernelSize: 3, padding: 1, generator: generator),
        new BatchNorm2D(16),
        new ReLU(),
        new Conv2D(16, 32, kernelSize: 3, padding: 1, generator: generator),
        new BatchNorm2D(32),
        new ReLU(),
        new MaxPool2D(2),
        new Conv2D(32, 64, kernelSize: 3, padding: 1, generator: generator),
        new BatchNorm2D(64),
        new ReLU(),
        new MaxPool2D(2),
        new Flatten(),
        new Dropout(0.4, generator),
        new Dense(256, 10, generator: generator));

    /// <summary>Trains the model, and reports each epoch.</summary>
    public void Train(int epochs, Action<int, double, double>? report = null)
    {
        DataLoader loader = new(new TensorDataset(Data.TrainImages, Data.TrainLabels), batchSize: 32, shuffle: true, generator: _generator);
        Adam optimizer = new(Model.Parameters(), learningRate: LearningRate);
        CrossEntropy loss = new();
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            // Large steps first, small ones at the end.
            optimizer.LearningRate = LearningRate * (1 + Math.Cos(Math.PI * (epoch - 1) / epochs)) / 2;
            double sum = 0;
            foreach ((Tensor x, Tensor y) in loader)
            {
                optimizer.ZeroGrad();
                Tensor value = loss.Forward(Model.Forward(x), y);
                value.Backward();
                optimizer.Step();
                sum += value.Item<float>();
            }
            report?.Invoke(epoch, sum / loader.Count, TestAccuracy());
        }
    }

    public double TestAccuracy() => Evaluation.Accuracy(Model, Data.TestImages, Data.TestLabels);
}
