using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Hashing;
using System.Text;
using NeuralNet.Testing;

namespace NeuralNet.Datasets.Tests;

/// <summary>
/// Damaged files of every format, thousands of each: all are read, or refused as corrupt; none costs much memory or time, or leaves a file.
/// The environment variable NEURALNET_FUZZ says how many of each; the seeds follow from their number.
/// </summary>
public class HostileFilesTests
{
    private const int DefaultCount = 2000;

    /// <summary>Some kilobytes of input; what a reader's own buffers, a decoder's tables and an exception cost.</summary>
    private const long MaxAllocation = 4 << 20;

    private static readonly int s_count = int.TryParse(Environment.GetEnvironmentVariable("NEURALNET_FUZZ"), out int count) ? count : DefaultCount;

    public static TheoryData<string> Formats => ["safetensors", "idx", "idx.gz", "npy", "npy mapped", "npz", "csv", "png", "png with checksums", "jpeg", "text"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_DamagedFiles_AreReadOrRefused(string format)
    {
        using TemporaryFolder folder = new();
        (byte[][] seeds, int headerLength, Action<string> read) = Setup(format, folder);
        foreach (byte[] seed in seeds)
            read(folder.Write("file", seed));
        ByteMutator mutator = new(1);
        int refused = 0;
        Stopwatch watch = new();
        for (int i = 0; i < s_count; i++)
        {
            byte[] content = mutator.Mutate(seeds[i % seeds.Length], headerLength);
            if (format == "png with checksums")
                FixChecksums(content);
            string path = folder.Write("file", content);
            long before = GC.GetAllocatedBytesForCurrentThread();
            watch.Restart();
            try
            {
                read(path);
            }
            catch (CorruptFileException)
            {
                refused++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"input {i} of {format}, {Convert.ToBase64String(content)}: {exception}");
            }
            watch.Elapsed.TotalSeconds.Should().BeLessThan(5, "input {0} of {1} is small", i, format);
            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(MaxAllocation, "input {0} of {1} is small", i, format);
        }
        Directory.EnumerateFileSystemEntries(folder.Path).Should().ContainSingle("readers write nothing");
        refused.Should().BeGreaterThan(s_count / 20, "damage is seen");
    }

    private static (byte[][] Seeds, int HeaderLength, Action<string> Read) Setup(string format, TemporaryFolder folder)
    {
        switch (format)
        {
            case "safetensors":
                SafeTensors.Save(folder["seed"], new Dictionary<string, Tensor> { ["w"] = Tensor.Ones(3, 4), ["b"] = Tensor.Zeros([2], DType.Bool) });
                return ([Take(folder)], 120, path => SafeTensors.Load(path));
            case "idx":
                return ([IdxFiles.Bytes(0x0D, [3, 4], new byte[48]), IdxFiles.Bytes(0x08, [7], 1, 2, 3, 4, 5, 6, 7)], 16, path => IdxFile.Read(path));
            case "idx.gz":
                return ([IdxFiles.Gzip(IdxFiles.Bytes(0x0D, [30, 40], new byte[4800]))], 40, path => IdxFile.Read(path));
            case "npy" or "npy mapped":
                byte[] big = NpyFileTests.Bytes("'descr': '>i2', 'fortran_order': True, 'shape': (3, 2)", new byte[12]);
                NpyFile.Write(folder["seed"], Tensor.Ones(3, 4));
                return ([Take(folder), big], 130, format == "npy" ? path => NpyFile.Read(path) : ReadMapped);
            case "npz":
                return ([NumPyFiles.Stored, NumPyFiles.Compressed], 200, path => NpzFile.Read(path));
            case "csv":
                byte[] csv = Encoding.UTF8.GetBytes("a,b,\"c, c\"\n1,2.5,true\n,\"x\"\"y\",false\nNA,\"line\nbreak\",ñ\n");
                return ([csv, [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("a,b\n1,2\n")]], 20, path => CsvFile.Read(path));
            case "png" or "png with checksums":
                return ([.. Images("rgb.png", "interlaced.png", "palette.png", "sixteen.png", "alpha.png", "bits.png")], 60, path => ImageFile.Read(path, ImageColor.Rgba));
            case "jpeg":
                return ([.. Images("baseline.jpg", "progressive.jpg", "grey.jpg", "restarts.jpg")], 640, path => ImageFile.ReadBytes(path));
            default:
                return (["añb\n𝄞"u8.ToArray(), [0xFF, 0xFE, (byte)'a', 0, (byte)'b', 0]], 4, path => TextFile.ReadLines(path));
        }
    }

    private static byte[] Take(TemporaryFolder folder)
    {
        byte[] content = File.ReadAllBytes(folder["seed"]);
        File.Delete(folder["seed"]);
        return content;
    }

    private static IEnumerable<byte[]> Images(params string[] names) => names.Select(name => File.ReadAllBytes(ImageFileTests.PathOf(name)));

    private static void ReadMapped(string path)
    {
        try
        {
            using MappedArray array = NpyFile.OpenMapped(path);
            array.Read();
        }
        catch (NotSupportedException)
        {
            // Documented: rows of an array in Fortran order.
        }
    }

    /// <summary>Makes the checksums of a PNG file right again, so that the decoder sees the damage.</summary>
    private static void FixChecksums(byte[] content)
    {
        for (int position = 8; position + 12 <= content.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(position));
            if (length < 0 || length > content.Length - position - 12)
                return;
            uint checksum = Crc32.HashToUInt32(content.AsSpan(position + 4, length + 4));
            BinaryPrimitives.WriteUInt32BigEndian(content.AsSpan(position + 8 + length), checksum);
            position += 12 + length;
        }
    }
}
