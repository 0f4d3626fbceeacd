using NeuralNet.Datasets;

namespace NeuralNet.Samples;

/// <summary>A small network that learns to read handwritten digits of 8×8 pixels.</summary>
public sealed class DigitClassifier
{
    private readonly RandomGenerator _generator;

    public DigitClassifier(ulong seed)
    {
        _generator = new RandomGenerator(seed);
        Model = NewModel(_generator);
        Data = Datasets.Digits.Load();
    }

    public Sequential Model { get; }

    public ImageClassificationData Data { get; }

    public static Sequential NewModel(RandomGenerator? generator = null) => new(
        new Flatten(),
        new Dense(64, 128, activation: new ReLU(), generator: generator),
        new Dropout(0.2, generator),
        new Dense(128, 10, generator: generator));

    /// <summary>Trains the model, and reports each epoch.</summary>
    public void Train(int epochs, Action<int, double, double>? report = null)
    {
        DataLoader loader = new(new TensorDataset(Data.TrainImages, Data.TrainLabels), batchSize: 32, shuffle: true, generator: _generator);
        Adam optimizer = new(Model.Parameters(), learningRate: 2e-3);
        CrossEntropy loss = new();
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
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
