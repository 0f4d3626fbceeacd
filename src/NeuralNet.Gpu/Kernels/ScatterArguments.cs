namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>The axis of a scatter, in a form that kernels take by value.</summary>
internal struct ScatterArguments
{
    /// <summary>The number of updates of a line.</summary>
    public long Length;

    /// <summary>The size of the target's axis: what is to be added outside is left out.</summary>
    public long TargetLength;
    public long TargetStride;
    public long IndexStride;
    public long UpdateStride;
}
