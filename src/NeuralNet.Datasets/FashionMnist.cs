namespace NeuralNet.Datasets;

/// <summary>Fashion-MNIST: 60 000 and 10 000 pictures of clothes of 28×28 pixels, in the form of MNIST and harder, read from its four files.</summary>
/// <remarks>Source: H. Xiao, K. Rasul, R. Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms" (2017).</remarks>
public static class FashionMnist
{
    private const string HowToGet = "install the Debian package dataset-fashion-mnist or get the four files from github.com/zalandoresearch/fashion-mnist";

    /// <summary>Where the Debian package dataset-fashion-mnist puts the files.</summary>
    private const string SystemFolder = "/usr/share/datasets/fashion-mnist";

    /// <summary>Finds the folder with the four files.</summary>
    internal static string Find(string? folder) =>
        MnistFiles.Find(
            nameof(FashionMnist),
            HowToGet,
            MnistFiles.Candidates(folder, Environment.GetEnvironmentVariable(MnistFiles.FolderVariable), "fashion-mnist", SystemFolder));
}
