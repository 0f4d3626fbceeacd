namespace NeuralNet.Memory;

/// <summary>A small block in an ordinary array: cheap to make, and collected without a finalizer.</summary>
internal sealed class ArrayStorage(int byteLength) : CpuStorage(ArrayCache.Rent(byteLength), byteLength)
{
    protected override void Release() => ArrayCache.Return(TakeArray());
}
