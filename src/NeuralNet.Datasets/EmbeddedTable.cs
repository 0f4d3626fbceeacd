using System.IO.Compression;

namespace NeuralNet.Datasets;

/// <summary>The tables inside this library: CSV files with a header, compressed with gzip.</summary>
internal static class EmbeddedTable
{
    public static Table Load(string name)
    {
        string resource = $"{name}.csv.gz";
        using Stream compressed = typeof(EmbeddedTable).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{name}: the resource {resource} was removed from the assembly. Keep resources when trimming.");
        using GZipStream stream = new(compressed, CompressionMode.Decompress);
        return CsvFile.Read(stream, resource, new());
    }
}
