using NeuralNet.Serialization;

namespace NeuralNet;

/// <summary>Reads and writes files of the safetensors format: named tensors, without code.</summary>
public static class SafeTensors
{
    /// <summary>
    /// Writes tensors into a file. A temporary file is written and renamed, so that a failure never costs an earlier file of this name.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="metadata">Texts by name that are kept beside them, or null.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tensors);
        SafeTensorsWriter.Write(path, tensors.Select(named => Item(named.Key, named.Value)), metadata);
    }

    /// <summary>
    /// Reads all tensors of a file, to the CPU. Sizes that the file claims are checked against its length before anything is allocated.
    /// </summary>
    /// <exception cref="CorruptFileException">The file is damaged or no such file; the message has the path and the offset.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(string path) => Load(path, out _);

    /// <summary>Reads all tensors of a file, to the CPU, and the texts beside them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="metadata">The texts by name; empty if the file has none.</param>
    /// <inheritdoc cref="Load(string)"/>
    public static IReadOnlyDictionary<string, Tensor> Load(string path, out IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(path);
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        metadata = file.Metadata;
        Dictionary<string, Tensor> tensors = [];
        foreach (SafeTensorsEntry entry in file.Entries)
            tensors.Add(entry.Name, Read(file, entry));
        return tensors;
    }

    private static SafeTensorsItem Item(string name, Tensor tensor) =>
        new(name, tensor.DType, tensor.Shape, stream => TensorBytes.Write(stream, tensor));

    private static Tensor Read(SafeTensorsFile file, SafeTensorsEntry entry) =>
        TensorBytes.Read(entry.Shape, entry.DType, (start, part) => file.Read(entry, start, part));
}
