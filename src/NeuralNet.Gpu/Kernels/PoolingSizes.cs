namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>A pooling of x [N, C, …] into y [N, C, …] in a form that kernels take by value.</summary>
internal struct PoolingSizes
{
    public int Images;
    public int Channels;
    public SpatialSizes X;
    public SpatialSizes Y;
    public SpatialSizes Dilation;
    public ImageStrides XStrides;
    public ImageStrides YStrides;

    public readonly long XLength => (long)Images * Channels * X.Length;

    public readonly long YLength => (long)Images * Channels * Y.Length;
}
