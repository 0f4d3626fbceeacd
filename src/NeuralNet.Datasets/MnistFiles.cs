namespace NeuralNet.Datasets;

/// <summary>Finds and reads the four files in which MNIST and data sets of its form are distributed.</summary>
internal static class MnistFiles
{
    /// <summary>The environment variable with the folder of data sets.</summary>
    public const string FolderVariable = "NEURALNET_DATA";

    public const string TrainImages = "train-images-idx3-ubyte";
    public const string TrainLabels = "train-labels-idx1-ubyte";
    public const string TestImages = "t10k-images-idx3-ubyte";
    public const string TestLabels = "t10k-labels-idx1-ubyte";

    /// <summary>The height and the width of an image in pixels.</summary>
    private const int Size = 28;

    private const int ClassCount = 10;
    private const int MaxPixel = 255;
    private const int LabelsHeaderLength = 8;
    private const int FirstSizeOffset = 4;

    /// <summary>
    /// The folders to look into, in order: the caller's; the set's own beneath the folder of data sets, before that folder itself, as
    /// all sets of this form name their files alike; the one where the system's package puts the set.
    /// </summary>
    public static IReadOnlyList<string> Candidates(string? folder, string? dataFolder, string setFolder, string? systemFolder)
    {
        List<string> candidates = [];
        if (!string.IsNullOrEmpty(folder))
            candidates.Add(folder);
        if (!string.IsNullOrEmpty(dataFolder))
            candidates.AddRange([Path.Combine(dataFolder, setFolder), dataFolder]);
        if (systemFolder is not null)
            candidates.Add(systemFolder);
        return candidates;
    }

    /// <summary>The first folder that has all four files.</summary>
    /// <exception cref="FileNotFoundException">None has.</exception>
    public static string Find(string setName, string howToGet, IReadOnlyList<string> candidates)
    {
        foreach (string candidate in candidates)
        {
            if (Missing(candidate) is null)
                return candidate;
        }
        string? partial = candidates.FirstOrDefault(candidate => Missing(candidate) != TrainImages);
        string missing = partial is null ? TrainImages : Missing(partial)!;
        string searched = candidates.Count == 0 ? $"no folder was given and {FolderVariable} is not set" : $"looked in {string.Join(", ", candidates)}";
        throw new FileNotFoundException(
            $"{setName}: {missing}, plain or with .gz, is missing beside the other three files ({searched}); {howToGet}, and pass "
                + $"their folder to Load or set {FolderVariable} to it.",
            missing);
    }

    /// <summary>Reads all four files.</summary>
    /// <exception cref="CorruptFileException">A file breaks the format, or two do not belong together.</exception>
    public static ImageClassificationData Load(string folder, IReadOnlyList<string> classNames) =>
        ImageClassificationData.From(Read(folder, TrainImages, TrainLabels), Read(folder, TestImages, TestLabels), MaxPixel, classNames);

    /// <summary>Reads the images and labels of one part.</summary>
    /// <exception cref="CorruptFileException">A file breaks the format, or the two do not belong together.</exception>
    public static RawImages Read(string folder, string imagesName, string labelsName)
    {
        string imagesPath = PathOf(folder, imagesName) ?? Path.Combine(folder, imagesName);
        string labelsPath = PathOf(folder, labelsName) ?? Path.Combine(folder, labelsName);
        IdxArray images = IdxFile.ReadArray(imagesPath);
        if (images.Type != IdxType.UnsignedByte || images.Sizes is not [> 0, Size, Size])
            throw new CorruptFileException(imagesPath, 0, $"unsigned bytes of sizes [n, {Size}, {Size}], n > 0", Describe(images));
        IdxArray labels = IdxFile.ReadArray(labelsPath);
        if (labels.Type != IdxType.UnsignedByte || labels.Sizes.Length != 1)
            throw new CorruptFileException(labelsPath, 0, "unsigned bytes of sizes [n]", Describe(labels));
        if (labels.Sizes[0] != images.Sizes[0])
            throw new CorruptFileException(labelsPath, FirstSizeOffset, $"{images.Sizes[0]} labels, one for each image of "
                + $"{imagesPath}", $"{labels.Sizes[0]}");
        int index = labels.Data.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(ClassCount - 1));
        if (index >= 0)
            throw new CorruptFileException(labelsPath, LabelsHeaderLength + index, $"a label from 0 to {ClassCount - 1}", $"{labels.Data[index]}");
        return new(images.Data, labels.Data, Size, Size);
    }

    private static string? Missing(string folder) =>
        Array.Find([TrainImages, TrainLabels, TestImages, TestLabels], name => PathOf(folder, name) is null);

    private static string? PathOf(string folder, string name)
    {
        string plain = Path.Combine(folder, name);
        string compressed = plain + ".gz";
        return File.Exists(plain) ? plain : File.Exists(compressed) ? compressed : null;
    }

    private static string Describe(IdxArray array) => $"{array.Type} of sizes [{string.Join(", ", array.Sizes)}]";
}
