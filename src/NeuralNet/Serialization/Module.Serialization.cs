namespace NeuralNet;

public abstract partial class Module
{
    /// <summary>Writes all parameters and state tensors into a file of the safetensors format, which other libraries read too.</summary>
    /// <remarks>A temporary file is written and renamed, so that a failure never costs an earlier file of this name.</remarks>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => SafeTensors.Save(path, StateDict());

    /// <summary>
    /// Reads parameters and state tensors from a file of the safetensors format. If anything does not fit, nothing is changed.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="strict">Whether names that are missing or unknown are an error.</param>
    /// <exception cref="CorruptFileException">The file is damaged or no such file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">Names are missing or unknown, or a tensor has another shape or dtype.</exception>
    public void Load(string path, bool strict = true) => LoadStateDict(SafeTensors.Load(path), strict);
}
