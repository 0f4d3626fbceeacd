using NeuralNet.Goldens;
using NeuralNet.Testing;
using TorchSharp;

// Writes the golden files that the tests compare with: what libtorch computes. Run it with `dotnet run --project tests/NeuralNet.Goldens`
// after the tables in NeuralNet.Testing have changed, and commit what it wrote.
torch.set_num_threads(1);
Write("linear", LinearGoldens.Compute);
Write("activations", ActivationGoldens.Compute);
Write("losses", LossComputation.Compute);
Write("optimizers", OptimizerComputation.Compute);
Write("training", TrainingGoldens.Compute);
Write("operations", OperationGoldens.Compute);

static void Write(string name, Action<GoldenWriter> compute)
{
    GoldenWriter writer = new();
    compute(writer);
    string path = GoldenFile.PathOf(name);
    writer.Save(path);
    Console.WriteLine($"{path}: {new FileInfo(path).Length} bytes");
}
