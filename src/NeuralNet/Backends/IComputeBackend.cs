namespace NeuralNet.Backends;

/// <summary>
/// What a device can do: plain functions over arrays, which know no graph. Shapes, dtypes and devices were checked by the caller;
/// broadcasting and transposition have become strides. Kernels read any layout and write dense memory (<see cref="IMemoryKernels.Copy"/>
/// alone writes any layout), allocate nothing that is not pooled, and throw nothing.
/// </summary>
internal interface IComputeBackend :
    IMemoryKernels, IElementwiseKernels, IReductionKernels, IScanKernels, ISortKernels, ILinearAlgebraKernels, IConvolutionKernels, IPoolingKernels,
    INormalizationKernels, IIndexingKernels,
    IFactorizationKernels, IRandomKernels, IUpdateKernels;
