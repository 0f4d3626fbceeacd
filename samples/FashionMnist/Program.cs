using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using NeuralNet;
using NeuralNet.Datasets;
using NeuralNet.Samples;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Arguments arguments = new(args, "--data", "--epochs", "--model", "--quick", "--seed");
bool isQuick = arguments.Has("--quick");
string modelName = arguments.Text("--model") ?? "mlp";
int epochs = arguments.Number("--epochs", isQuick ? 1 : modelName == "cnn" ? 3 : 10);
RandomGenerator generator = new((ulong)arguments.Number("--seed", 0));

Stopwatch watch = Stopwatch.StartNew();
ImageClassificationData data = FashionMnist.Load(arguments.Text("--data"));
Tensor images = isQuick ? data.TrainImages[..6000] : data.TrainImages;
Tensor labels = isQuick ? data.TrainLabels[..6000] : data.TrainLabels;
Console.WriteLine($"Fashion-MNIST: {labels.Length} images to learn from, {data.TestLabels.Length} to be tested with.");

Sequential model = modelName switch
{
    "mlp" => Perceptron(generator),
    "cnn" => Convolutional(generator),
    _ => throw new ArgumentException($"--model {modelName}: no such model. The models are mlp and cnn."),
};
Console.WriteLine();
Console.WriteLine(model.Summary([1, 1, 28, 28]));
Console.WriteLine();

DataLoader loader = new(new TensorDataset(images, labels), batchSize: 64, shuffle: true, generator: generator);
Adam optimizer = new(model.Parameters());
CrossEntropy loss = new();
for (int epoch = 1; epoch <= epochs; epoch++)
{
    double sum = 0;
    foreach ((Tensor x, Tensor y) in loader)
    {
        optimizer.ZeroGrad();
        Tensor value = loss.Forward(model.Forward(x), y);
        value.Backward();
        optimizer.Step();
        sum += value.Item<float>();
    }
    double accuracy = Evaluation.Accuracy(model, data.TestImages, data.TestLabels);
    Console.WriteLine($"epoch {epoch,2}/{epochs}  loss {sum / loader.Count:0.0000}  test accuracy {accuracy:0.0000}  "
        + $"{watch.Elapsed.TotalSeconds:0.0} s");
}

Console.WriteLine($"test accuracy: {Evaluation.Accuracy(model, data.TestImages, data.TestLabels):0.0000}");
Console.WriteLine($"SHA-256 of the weights: {Hash(model)}");

static Sequential Perceptron(RandomGenerator generator) => new(
    new Flatten(),
    new Dense(784, 128, generator: generator),
    new ReLU(),
    new Dense(128, 10, generator: generator));

static Sequential Convolutional(RandomGenerator generator) => new(
    new Conv2D(1, 32, kernelSize: 3, padding: 1, generator: generator),
    new BatchNorm2D(32),
    new ReLU(),
    new MaxPool2D(2),
    new Conv2D(32, 64, kernelSize: 3, padding: 1, generator: generator),
    new BatchNorm2D(64),
    new ReLU(),
    new MaxPool2D(2),
    new Flatten(),
    new Dense(64 * 7 * 7, 128, generator: generator),
    new ReLU(),
    new Dropout(0.3, generator),
    new Dense(128, 10, generator: generator));

static string Hash(Module model)
{
    using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    foreach ((string name, Tensor tensor) in model.StateDict())
    {
        hash.AppendData(Encoding.UTF8.GetBytes(name));
        hash.AppendData(tensor.DType == DType.Float32 ? MemoryMarshal.AsBytes(tensor.AsSpan<float>()) : MemoryMarshal.AsBytes(tensor.AsSpan<long>()));
    }
    return Convert.ToHexStringLower(hash.GetHashAndReset());
}
