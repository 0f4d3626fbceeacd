namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>The axis of a scatter, in a form that kernels take by value.</summary>
internal struct ScatterArguments
{
    /// <summary>The number of updates of a line.</summary>
    public long Length;
    public long TargetStride;
    public long IndexStride;
    public long UpdateStride;
}
