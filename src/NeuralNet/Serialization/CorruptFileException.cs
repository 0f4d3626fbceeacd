namespace NeuralNet;

/// <summary>Thrown by readers when a file does not hold what its format demands; the message and the properties say where.</summary>
public sealed class CorruptFileException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The path of the file, as it was given to the reader.</param>
    /// <param name="offset">The position of the fault in bytes from the start of the file; in a compressed file, of its decompressed
    /// content.</param>
    /// <param name="expected">What the format demands there: "72 bytes of data".</param>
    /// <param name="found">What stands there instead: "60".</param>
    /// <param name="innerException">The exception of the decoder that found the fault, if one did.</param>
    public CorruptFileException(string path, long offset, string expected, string found, Exception? innerException = null)
        : base(
            $"{path}: expected {expected} at byte {offset}, found {found}. " +
            "The file is damaged, incomplete or of another format: download it or save it again.",
            innerException)
    {
        Path = path;
        Offset = offset;
        Expected = expected;
        Found = found;
    }

    /// <summary>Gets the path of the file, as it was given to the reader.</summary>
    public string Path { get; }

    /// <summary>
    /// Gets the position of the fault in bytes from the start of the file; in a compressed file, of its decompressed content.
    /// </summary>
    public long Offset { get; }

    /// <summary>Gets what the format demands at that position.</summary>
    public string Expected { get; }

    /// <summary>Gets what stands at that position instead.</summary>
    public string Found { get; }
}
