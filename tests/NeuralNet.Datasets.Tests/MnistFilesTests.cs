using NeuralNet.Testing;
using static NeuralNet.Datasets.Tests.IdxFiles;

namespace NeuralNet.Datasets.Tests;

public class MnistFilesTests
{
    private static readonly string[] s_names =
        [MnistFiles.TrainImages, MnistFiles.TrainLabels, MnistFiles.TestImages, MnistFiles.TestLabels];

    [Fact]
    public void Candidates_AllGiven_AreInOrder() =>
        MnistFiles.Candidates("mine", "data", "mnist", "/usr/share/mnist")
            .Should().Equal("mine", Path.Combine("data", "mnist"), "data", "/usr/share/mnist");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Candidates_NothingGiven_AreNone(string? nothing) =>
        MnistFiles.Candidates(nothing, nothing, "mnist", null).Should().BeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    public void Find_SecondFolderHasFiles_ReturnsIt(string extension)
    {
        using TemporaryFolder first = new();
        using TemporaryFolder second = new();
        first.Write(MnistFiles.TrainImages, []);
        foreach (string name in s_names)
            second.Write(name + extension, []);
        MnistFiles.Find("Mnist", "get them", [first.Path, second.Path]).Should().Be(second.Path);
    }

    [Fact]
    public void Find_NowhereToLook_SaysSoInOneSentence()
    {
        Action find = () => MnistFiles.Find("Mnist", "get them somewhere", []);
        find.Should().Throw<FileNotFoundException>().WithMessage(
            "Mnist: train-images-idx3-ubyte, plain or with .gz, is missing beside the other three files (no folder was given and NEURALNET_DATA is " +
            "not set); get them somewhere, and pass their folder to Load or set NEURALNET_DATA to it.");
    }

    [Fact]
    public void Find_OneFileMissing_NamesItAndTheFolders()
    {
        using TemporaryFolder empty = new();
        using TemporaryFolder partial = new();
        foreach (string name in s_names[..2])
            partial.Write(name, []);
        Action find = () => MnistFiles.Find("FashionMnist", "get them", [empty.Path, partial.Path]);
        FileNotFoundException exception = find.Should().Throw<FileNotFoundException>().Which;
        exception.Message.Should().StartWith("FashionMnist: t10k-images-idx3-ubyte, plain or with .gz, is missing")
            .And.Contain($"(looked in {empty.Path}, {partial.Path})");
        exception.FileName.Should().Be(MnistFiles.TestImages);
    }

    [Fact]
    public void Read_ImagesAndLabels_ReadsBoth()
    {
        using TemporaryFolder folder = new();
        byte[] pixels = [.. Enumerable.Range(0, 2 * 784).Select(i => (byte)i)];
        folder.Write("images", Bytes(0x08, [2, 28, 28], pixels));
        folder.Write("labels.gz", Gzip(Bytes(0x08, [2], 9, 3)));
        RawImages images = MnistFiles.Read(folder.Path, "images", "labels");
        (images.Count, images.Height, images.Width).Should().Be((2, 28, 28));
        images.Pixels.Should().Equal(pixels);
        images.Labels.Should().Equal(9, 3);
    }

    [Fact]
    public void Load_FourFiles_GivesScaledTensors()
    {
        using TemporaryFolder folder = new();
        byte[] pixels = new byte[784];
        (pixels[0], pixels[783]) = (51, 255);
        folder.Write(MnistFiles.TrainImages, Bytes(0x08, [2, 28, 28], [.. pixels, .. pixels]));
        folder.Write(MnistFiles.TrainLabels, Bytes(0x08, [2], 9, 3));
        folder.Write(MnistFiles.TestImages, Bytes(0x08, [1, 28, 28], pixels));
        folder.Write(MnistFiles.TestLabels, Bytes(0x08, [1], 5));
        foreach (ImageClassificationData data in (ImageClassificationData[])[Mnist.Load(folder.Path), FashionMnist.Load(folder.Path)])
        {
            data.TrainImages.Shape.Should().Equal(2, 1, 28, 28);
            data.TrainLabels.ToArray<long>().Should().Equal(9, 3);
            float[] test = data.TestImages.ToArray<float>();
            (test[0], test[1], test[783]).Should().Be((0.2f, 0f, 1f));
            data.TestLabels.ToArray<long>().Should().Equal(5);
            data.ClassNames.Should().HaveCount(10);
        }
    }

    [Fact]
    public void Read_FewerLabelsThanImages_SaysBothCounts()
    {
        CorruptFileException exception = ReadCorrupt(Bytes(0x08, [2, 28, 28], new byte[2 * 784]), Bytes(0x08, [1], 9));
        exception.Path.Should().EndWith("labels");
        exception.Offset.Should().Be(4);
        exception.Expected.Should().StartWith("2 labels, one for each image of ").And.EndWith("images");
        exception.Found.Should().Be("1");
    }

    [Fact]
    public void Read_LabelTen_SaysWhere()
    {
        CorruptFileException exception = ReadCorrupt(Bytes(0x08, [2, 28, 28], new byte[2 * 784]), Bytes(0x08, [2], 9, 10));
        exception.Offset.Should().Be(9);
        exception.Expected.Should().Be("a label from 0 to 9");
        exception.Found.Should().Be("10");
    }

    [Fact]
    public void Read_ImagesOfOtherForm_SaysForm()
    {
        byte[] labels = Bytes(0x08, [1], 9);
        ReadCorrupt(Bytes(0x08, [1, 8, 8], new byte[64]), labels).Found.Should().Be("UnsignedByte of sizes [1, 8, 8]");
        ReadCorrupt(Bytes(0x0B, [1, 28, 28], new byte[2 * 784]), labels).Found.Should().Be("Short of sizes [1, 28, 28]");
        ReadCorrupt(Bytes(0x08, [0, 28, 28]), labels).Found.Should().Be("UnsignedByte of sizes [0, 28, 28]");
        ReadCorrupt(labels, labels).Expected.Should().Be("unsigned bytes of sizes [n, 28, 28], n > 0");
    }

    [Fact]
    public void Read_LabelsOfOtherForm_SaysForm()
    {
        byte[] images = Bytes(0x08, [1, 28, 28], new byte[784]);
        CorruptFileException exception = ReadCorrupt(images, images);
        exception.Path.Should().EndWith("labels");
        exception.Expected.Should().Be("unsigned bytes of sizes [n]");
    }

    private static CorruptFileException ReadCorrupt(byte[] images, byte[] labels)
    {
        using TemporaryFolder folder = new();
        folder.Write("images", images);
        folder.Write("labels", labels);
        return ((Action)(() => MnistFiles.Read(folder.Path, "images", "labels"))).Should().Throw<CorruptFileException>().Which;
    }
}
