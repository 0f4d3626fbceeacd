using System.Buffers.Binary;
using System.Text;
using NeuralNet.Serialization;
using NeuralNet.Testing;

namespace NeuralNet.Tests.Serialization;

/// <summary>Makes safetensors files byte by byte, right and wrong ones.</summary>
internal static class SafeTensorsFiles
{
    public static byte[] Bytes(string json, params ReadOnlySpan<byte> data) => Bytes(Encoding.UTF8.GetBytes(json), data);

    public static byte[] Bytes(byte[] json, params ReadOnlySpan<byte> data)
    {
        byte[] prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, json.Length);
        return [.. prefix, .. json, .. data];
    }

    /// <summary>Opens a file of these bytes, reads all its tensors, and returns what the reader threw.</summary>
    public static CorruptFileException ReadCorrupt(params byte[] content)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("model.safetensors", content);
        CorruptFileException exception = ((Action)(() => ReadAll(path))).Should().Throw<CorruptFileException>().Which;
        exception.Path.Should().Be(path);
        exception.Message.Should().StartWith($"{path}: expected {exception.Expected} at byte {exception.Offset}, found {exception.Found}. ");
        return exception;
    }

    public static void ReadAll(string path)
    {
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        foreach (SafeTensorsEntry entry in file.Entries)
            file.Read(entry, new byte[entry.Length]);
    }

    public static SafeTensorsItem Item(string name, DType dtype, Shape shape, params byte[] data) =>
        new(name, dtype, shape, stream => stream.Write(data));
}
