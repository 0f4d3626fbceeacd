namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>
/// What a micro-kernel works on. Strides of a and b are in bytes, since they are added to pointers in the inner loop; c's is in elements.
/// </summary>
internal unsafe struct Tile<T>
    where T : unmanaged
{
    public T* A;
    public nint ARowStride;
    public nint AStepStride;
    public T* B;
    public nint BStepStride;
    public T* C;
    public nint CRowStride;
    public nint Steps;
    public bool Accumulate;
}
