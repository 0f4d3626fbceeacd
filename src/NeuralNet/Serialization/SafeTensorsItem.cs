namespace NeuralNet.Serialization;

/// <summary>A tensor to be written to a safetensors file.</summary>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="DType">The type of its elements.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="WriteTo">Writes its elements, little-endian, in row-major order: exactly as many bytes as dtype and shape ask for.</param>
internal sealed record SafeTensorsItem(string Name, DType DType, Shape Shape, Action<Stream> WriteTo)
{
    /// <summary>Gets the number of bytes of its elements.</summary>
    public long Length => checked(Shape.Length * DType.SizeOf());
}
