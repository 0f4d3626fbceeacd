namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>
/// A product as the kernels see it: pinned memory, sizes, and strides in elements. It lives on the caller's stack while workers read it.
/// </summary>
internal unsafe struct MatMulProblem<T>
    where T : unmanaged
{
    public T* A;
    public T* B;
    public T* C;

    /// <summary>A row that is added to each row of the result, or null.</summary>
    public T* Bias;

    public nint M;
    public nint N;
    public nint K;

    /// <summary>From a row of a to the next.</summary>
    public nint ARow;

    /// <summary>From a step of the sum to the next, in a.</summary>
    public nint AStep;

    /// <summary>From a step of the sum to the next, in b.</summary>
    public nint BStep;

    public nint BColumn;
    public nint CRow;
    public nint BiasColumn;

    /// <summary>Whether the product is added to c.</summary>
    public bool Accumulate;

    /// <summary>Whether negative results become 0.</summary>
    public bool Relu;

    /// <summary>The number of products.</summary>
    public long Batches;

    /// <summary>How the operands of the products lie; read only where there is more than one.</summary>
    public BatchAxes* Batch;

    /// <summary>The operations of one of the products.</summary>
    public readonly double Flops => 2.0 * M * N * K;

    /// <summary>Where one of the products finds its operands.</summary>
    public readonly void Locate(long index, out T* a, out T* b, out T* c)
    {
        a = A;
        b = B;
        c = C;
        if (Batches == 1)
            return;
        Batch->Locate(index, out nint offsetA, out nint offsetB, out nint offsetC);
        a += offsetA;
        b += offsetB;
        c += offsetC;
    }
}
