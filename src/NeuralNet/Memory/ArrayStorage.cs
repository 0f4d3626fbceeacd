namespace NeuralNet.Memory;

/// <summary>A small block in an ordinary array: cheap to make, and collected without a finalizer.</summary>
internal sealed class ArrayStorage(byte[] array) : CpuStorage(array)
{
    protected override void Release()
    {
    }
}
