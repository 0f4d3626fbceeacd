using System.Text;
using NeuralNet.Testing;

namespace NeuralNet.Datasets.Tests;

/// <summary>Images beside what the reference decoders made of them.</summary>
public class ImageFileTests
{
    [Theory]
    [InlineData("rgb.png", "original.ppm", 0)]
    [InlineData("interlaced.png", "original.ppm", 0)]
    [InlineData("palette.png", "palette.ppm", 0)]
    [InlineData("baseline.jpg", "baseline.ppm", 4)]
    [InlineData("progressive.jpg", "progressive.ppm", 4)]
    [InlineData("restarts.jpg", "restarts.ppm", 4)]
    public void ReadBytes_EachFormat_IsWhatTheReferenceDecoderMade(string name, string reference, int tolerance)
    {
        Tensor image = ImageFile.ReadBytes(PathOf(name));
        image.DType.Should().Be(DType.UInt8);
        image.Shape.Should().Equal(3, 23, 37);
        // The reference has its channels last, behind a header of three lines.
        byte[] expected = PixelsOf(reference);
        byte[] actual = image.Permute(1, 2, 0).ToArray<byte>();
        actual.Should().HaveCount(expected.Length);
        // Decoders of JPEG round and enlarge colours each in their own way.
        actual.Zip(expected, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThanOrEqualTo(tolerance);
    }

    [Fact]
    public void ReadBytes_GreyJpeg_IsOneChannel()
    {
        byte[] actual = ImageFile.ReadBytes(PathOf("grey.jpg"), ImageColor.Grey).ToArray<byte>();
        actual.Zip(PixelsOf("grey.pgm"), (a, b) => Math.Abs(a - b)).Max().Should().BeLessThanOrEqualTo(1);
    }

    [Fact]
    public void ReadBytes_Alpha_IsKeptOrLeftOut()
    {
        Tensor image = ImageFile.ReadBytes(PathOf("alpha.png"), ImageColor.Rgba);
        image.Shape.Should().Equal(4, 2, 2);
        image.ToArray<byte>().Should().Equal(1, 5, 250, 254, 2, 6, 251, 255, 3, 7, 252, 0, 4, 8, 253, 128);
        ImageFile.ReadBytes(PathOf("alpha.png")).Shape.Should().Equal(3, 2, 2);
    }

    [Fact]
    public void ReadBytes_SixteenBits_KeepTheUpperEight() =>
        ImageFile.ReadBytes(PathOf("sixteen.png")).Permute(1, 2, 0).ToArray<byte>()
            .Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 9, 255, 255, 255, 255, 255, 255, 255, 255, 255);

    [Fact]
    public void Read_OneBit_IsZeroOrOne() =>
        ImageFile.Read(PathOf("bits.png"), ImageColor.Grey).ToArray<float>()
            .Should().Equal(1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0);

    [Fact]
    public void Read_DamagedPng_SaysWhichChunk()
    {
        byte[] content = File.ReadAllBytes(PathOf("rgb.png"));
        content[60] ^= 1;
        CorruptFileException exception = ReadCorrupt(content);
        exception.Expected.Should().StartWith("a chunk with the checksum ");
        ReadCorrupt(content[..50]).Expected.Should().StartWith("a chunk of at ");
    }

    [Fact]
    public void Read_HugeClaims_AreRefusedBeforeAnythingIsDecoded()
    {
        byte[] jpeg = File.ReadAllBytes(PathOf("baseline.jpg"));
        int frame = jpeg.AsSpan().IndexOf(new byte[] { 0xFF, 0xC0 });
        (jpeg[frame + 5], jpeg[frame + 7]) = (0xFF, 0xFF);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadCorrupt(jpeg).Expected.Should().Be($"an image that {jpeg.Length} bytes can hold");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(100_000);
    }

    [Fact]
    public void Read_ScansWithoutEnd_AreRefused()
    {
        byte[] jpeg = File.ReadAllBytes(PathOf("progressive.jpg"));
        int scan = jpeg.AsSpan().LastIndexOf(new byte[] { 0xFF, 0xDA });
        byte[] last = jpeg[scan..^2];
        ReadCorrupt([.. jpeg[..^2], .. Enumerable.Repeat(last, 200).SelectMany(bytes => bytes), 0xFF, 0xD9]).Expected.Should().Be("at most 100 scans");
    }

    [Fact]
    public void Read_OtherFormats_AreRefused()
    {
        ReadCorrupt("GIF89a, which no one asked for"u8.ToArray()).Expected.Should().Be("the mark of a PNG or JPEG file");
        ReadCorrupt([]).Found.Should().Be("an empty file");
        ReadCorrupt([0xFF, 0xD8, 0xFF, 0xD9]).Expected.Should().Be("a frame and a scan");
    }

    internal static string PathOf(string name) => Repository.PathOf("tests", "NeuralNet.Datasets.Tests", "Images", name);

    /// <summary>The pixels of a file of netpbm, whose header has three lines.</summary>
    private static byte[] PixelsOf(string name)
    {
        byte[] content = File.ReadAllBytes(PathOf(name));
        int end = 0;
        for (int line = 0; line < 3; line++)
            end = Array.IndexOf(content, (byte)'\n', end) + 1;
        Encoding.ASCII.GetString(content, 0, end).Should().StartWith("P");
        return content[end..];
    }

    private static CorruptFileException ReadCorrupt(byte[] content)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("image", content);
        return ((Action)(() => ImageFile.Read(path))).Should().Throw<CorruptFileException>().Which;
    }
}
