namespace NeuralNet.Serialization;

/// <summary>A tensor in a safetensors file.</summary>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="DType">The type of its elements.</param>
/// <param name="Shape">Its sizes; the elements stand in row-major order.</param>
/// <param name="Offset">Where its bytes begin, from the start of the file.</param>
/// <param name="Length">The number of its bytes.</param>
internal sealed record SafeTensorsEntry(string Name, DType DType, Shape Shape, long Offset, long Length);
