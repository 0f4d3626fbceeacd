namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>
/// Sizes, strides and epilogue of a matrix product, in a form that kernels take by value. The flags are numbers, as kernels take no
/// <see langword="bool"/>.
/// </summary>
internal struct MatMulArguments
{
    public long M;
    public long N;
    public long K;
    public long ARowStride;
    public long AColumnStride;
    public long BRowStride;
    public long BColumnStride;
    public long CRowStride;
    public long BiasOffset;
    public long BiasStride;

    /// <summary>1 if the product is added to what c holds.</summary>
    public int Accumulate;

    /// <summary>1 if a bias is added.</summary>
    public int HasBias;

    /// <summary>The <see cref="FusedActivation"/> as a number.</summary>
    public int Activation;
}
