namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>
/// What a micro-kernel works on. Strides of a and b are in bytes, since they are added to pointers in the inner loop; c's is in elements.
/// The strip of a holds its rows, contiguous and at any distance, or its columns, one after the other.
/// </summary>
internal unsafe struct Tile<T>
    where T : unmanaged
{
    public T* A;
    public nint ARowStride;

    /// <summary>From a step to the next, read by kernels whose sum comes in segments.</summary>
    public nint AStepStride;

    /// <summary>The panel of b, packed: one step's columns after the other's; or for a kernel that copies, as it lies.</summary>
    public T* B;

    /// <summary>From a step to the next, read by kernels that copy and by those whose sum comes in segments.</summary>
    public nint BStepStride;

    /// <summary>Where a kernel that copies leaves the packed panel.</summary>
    public T* BCopy;

    public T* C;
    public nint CRowStride;

    /// <summary>The number of columns that lie inside c.</summary>
    public int Columns;

    /// <summary>Room for the whole tile, used where a part of it lies outside c.</summary>
    public T* Scratch;

    /// <summary>A contiguous row that is added to each row of the sum; or null, as long as the sum is not complete.</summary>
    public T* Bias;

    /// <summary>The steps of the sum, or of each of its segments.</summary>
    public nint Steps;

    /// <summary>For each segment two numbers of bytes: from a to its start, and from the end of the last segment in b to its start.</summary>
    public nint* Segments;

    public nint SegmentCount;

    /// <summary>Whether the sum is added to c.</summary>
    public bool Accumulate;

    /// <summary>Whether negative results become 0.</summary>
    public bool Relu;
}
