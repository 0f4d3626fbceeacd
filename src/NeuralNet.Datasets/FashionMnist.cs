namespace NeuralNet.Datasets;

/// <summary>
/// Fashion-MNIST: 60 000 and 10 000 pictures of clothes of 28×28 pixels, in the form of MNIST and harder, read from its four files.
/// </summary>
/// <remarks>Source: H. Xiao, K. Rasul, R. Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms"
/// (2017).</remarks>
public static class FashionMnist
{
    private const string HowToGet = "install the Debian package dataset-fashion-mnist or get the four files from "
        + "github.com/zalandoresearch/fashion-mnist";

    /// <summary>Where the Debian package dataset-fashion-mnist puts the files.</summary>
    private const string SystemFolder = "/usr/share/datasets/fashion-mnist";

    private static readonly string[] s_classNames =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>Reads the data set from its four files, plain or compressed with gzip.</summary>
    /// <param name="folder">
    /// Where to look first. Then come the folder fashion-mnist beneath the one that the environment variable NEURALNET_DATA names, and that
    /// folder itself, and the folder of the Debian package
    /// dataset-fashion-mnist.
    /// </param>
    /// <returns>Images [n, 1, 28, 28] as <see cref="DType.Float32"/> from 0 to 1 (cloth), and labels [n] as
    /// <see cref="DType.Int64"/>.</returns>
    /// <exception cref="FileNotFoundException">No folder has all four files.</exception>
    /// <exception cref="CorruptFileException">A file breaks the format, or images and labels differ in number.</exception>
    public static ImageClassificationData Load(string? folder = null) => MnistFiles.Load(Find(folder), s_classNames);

    private static string Find(string? folder) =>
        MnistFiles.Find(
            nameof(FashionMnist),
            HowToGet,
            MnistFiles.Candidates(folder, Environment.GetEnvironmentVariable(MnistFiles.FolderVariable), "fashion-mnist", SystemFolder));
}
