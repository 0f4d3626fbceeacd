namespace NeuralNet.Datasets;

/// <summary>Reads tables from files of comma-separated values, quoted as RFC 4180 says.</summary>
/// <remarks>Spaces around fields do not count, and empty lines are passed over. Files are untrusted: a row of another number of fields than
/// the first, and quotes that do not close, are errors that say where.</remarks>
public static class CsvFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it; commas and a header if left out.</param>
    /// <exception cref="CorruptFileException">The file is no such table: a row has another number of fields, quotes do not close, two columns
    /// have one name, a field is not of the type that was asked for, or the bytes are no text.</exception>
    /// <exception cref="ArgumentException">The options name a column that is not there, or a delimiter that cannot be one.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Table Read(string path, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return Read(stream, path, options ?? new());
    }

    internal static Table Read(Stream stream, string path, CsvOptions options) => new CsvTableReader(path, options).Read(stream);
}
