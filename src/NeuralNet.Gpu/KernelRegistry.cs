using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using NeuralNet.Backends.Gpu.Kernels;

namespace NeuralNet.Backends.Gpu;

/// <summary>All kernels of the backend. What compiles, loads or tests kernels goes through this list, so that none is forgotten.</summary>
[RequiresDynamicCode("Kernels are closed over their operators at run time.")]
internal static class KernelRegistry
{
    /// <summary>Gets the kernels.</summary>
    public static IReadOnlyList<Kernel> All { get; } =
    [
        Create(typeof(MemoryKernels), nameof(MemoryKernels.Copy), KernelTypes.Bits),
        Create(typeof(MemoryKernels), nameof(MemoryKernels.Fill), KernelTypes.Bits),
        Create(typeof(ElementwiseKernels), nameof(ElementwiseKernels.Unary), typeof(IUnaryOperator<>)),
        Create(typeof(ElementwiseKernels), nameof(ElementwiseKernels.Binary), typeof(IBinaryOperator<>)),
        Create(typeof(ElementwiseKernels), nameof(ElementwiseKernels.Compare), typeof(IComparisonOperator<>)),
        Create(typeof(ElementwiseKernels), nameof(ElementwiseKernels.Select), KernelTypes.Bits),
        Create(typeof(ElementwiseKernels), nameof(ElementwiseKernels.SelectScaled), KernelTypes.FloatingPoint),
        Create(typeof(ElementwiseKernels), nameof(ElementwiseKernels.Convert), typeof(IConversionOperator<,>)),
        Create(typeof(ElementwiseKernels), nameof(ElementwiseKernels.SequenceOfSingles), KernelTypes.None),
        Create(typeof(ElementwiseKernels), nameof(ElementwiseKernels.SequenceOfDoubles), KernelTypes.None),
        Create(typeof(ElementwiseKernels), nameof(ElementwiseKernels.SequenceOfInt32s), KernelTypes.None),
        Create(typeof(ElementwiseKernels), nameof(ElementwiseKernels.SequenceOfInt64s), KernelTypes.None),
        Create(typeof(ElementwiseKernels), nameof(ElementwiseKernels.SequenceOfBytes), KernelTypes.None),
        Create(typeof(ReductionKernels), nameof(ReductionKernels.ReduceByThread), typeof(IReductionOperator<,>)),
        Create(typeof(ReductionKernels), nameof(ReductionKernels.ReducePartsByThread), typeof(IReductionOperator<,>)),
        Create(typeof(ReductionKernels), nameof(ReductionKernels.ReduceByGroup), typeof(IReductionOperator<,>)),
        Create(typeof(ReductionKernels), nameof(ReductionKernels.CombinePartials), typeof(IReductionOperator<,>)),
        Create(typeof(ReductionKernels), nameof(ReductionKernels.ArgReduce), typeof(IComparisonOperator<>)),
        Create(typeof(ScanKernels), nameof(ScanKernels.Scan), typeof(IReductionOperator<,>)),
        Create(typeof(ScanKernels), nameof(ScanKernels.ScanTotals), typeof(IReductionOperator<,>)),
        Create(typeof(ScanKernels), nameof(ScanKernels.AddTotals), typeof(IReductionOperator<,>)),
        Create(typeof(ScanKernels), nameof(ScanKernels.ArgScan), typeof(IComparisonOperator<>)),
        Create(typeof(ScanKernels), nameof(ScanKernels.ScanWinners), typeof(IComparisonOperator<>)),
        Create(typeof(ScanKernels), nameof(ScanKernels.MeetWinners), typeof(IComparisonOperator<>)),
        Create(typeof(SortKernels), nameof(SortKernels.Number), KernelTypes.None),
        Create(typeof(SortKernels), nameof(SortKernels.Exchange), KernelTypes.Numbers),
        Create(typeof(SortKernels), nameof(SortKernels.SearchSorted), KernelTypes.Numbers),
        Create(typeof(LinearAlgebraKernels), nameof(LinearAlgebraKernels.MatMul), KernelTypes.FloatingPoint),
        Create(typeof(LinearAlgebraKernels), nameof(LinearAlgebraKernels.MatMulLarge), KernelTypes.FloatingPoint),
        Create(typeof(LinearAlgebraKernels), nameof(LinearAlgebraKernels.Finish), KernelTypes.FloatingPoint),
        Create(typeof(ConvolutionKernels), nameof(ConvolutionKernels.ConvolveByTiles), KernelTypes.FloatingPoint),
        Create(typeof(ConvolutionKernels), nameof(ConvolutionKernels.ConvolveByThreads), KernelTypes.FloatingPoint),
        Create(typeof(ConvolutionKernels), nameof(ConvolutionKernels.ConvolveInputGradientByTiles), KernelTypes.FloatingPoint),
        Create(typeof(ConvolutionKernels), nameof(ConvolutionKernels.ConvolveInputGradientByThreads), KernelTypes.FloatingPoint),
        Create(typeof(ConvolutionKernels), nameof(ConvolutionKernels.ConvolveWeightGradientByTiles), KernelTypes.FloatingPoint),
        Create(typeof(ConvolutionKernels), nameof(ConvolutionKernels.ConvolveWeightGradientByGroups), KernelTypes.FloatingPoint),
        Create(typeof(ConvolutionKernels), nameof(ConvolutionKernels.SumParts), KernelTypes.FloatingPoint),
        Create(typeof(PoolingKernels), nameof(PoolingKernels.MaxPool), KernelTypes.FloatingPoint),
        Create(typeof(PoolingKernels), nameof(PoolingKernels.MaxPoolIndices), KernelTypes.FloatingPoint),
        Create(typeof(PoolingKernels), nameof(PoolingKernels.MaxPoolGradient), KernelTypes.FloatingPoint),
        Create(typeof(PoolingKernels), nameof(PoolingKernels.AveragePool), KernelTypes.FloatingPoint),
        Create(typeof(PoolingKernels), nameof(PoolingKernels.AveragePoolGradient), KernelTypes.FloatingPoint),
        Create(typeof(NormalizationKernels), nameof(NormalizationKernels.Moments), KernelTypes.FloatingPoint),
        Create(typeof(NormalizationKernels), nameof(NormalizationKernels.Normalize), KernelTypes.FloatingPoint),
        Create(typeof(NormalizationColumns), nameof(NormalizationColumns.MomentsOfColumns), KernelTypes.FloatingPoint),
        Create(typeof(NormalizationColumns), nameof(NormalizationColumns.CombineMoments), KernelTypes.FloatingPoint),
        Create(typeof(NormalizationColumns), nameof(NormalizationColumns.SumsOfColumns), KernelTypes.FloatingPoint),
        Create(typeof(NormalizationColumns), nameof(NormalizationColumns.CombineSums), KernelTypes.FloatingPoint),
        Create(typeof(NormalizationColumns), nameof(NormalizationColumns.GradientOfColumns), KernelTypes.FloatingPoint),
        Create(typeof(NormalizationKernels), nameof(NormalizationKernels.Gradient), KernelTypes.FloatingPoint),
        Create(typeof(FusedKernels), nameof(FusedKernels.Softmax), KernelTypes.FloatingPoint),
        Create(typeof(FusedKernels), nameof(FusedKernels.SoftmaxGradient), KernelTypes.FloatingPoint),
        Create(typeof(FusedKernels), nameof(FusedKernels.CrossEntropy), KernelTypes.FloatingPoint),
        Create(typeof(FusedKernels), nameof(FusedKernels.CrossEntropyGradient), KernelTypes.FloatingPoint),
        Create(typeof(IndexingKernels), nameof(IndexingKernels.Gather), KernelTypes.Bits),
        Create(typeof(IndexingKernels), nameof(IndexingKernels.ScatterAdd), KernelTypes.Numbers),
        Create(typeof(IndexingKernels), nameof(IndexingKernels.ScatterReduce), typeof(IBinaryOperator<>)),
        Create(typeof(IndexingKernels), nameof(IndexingKernels.CountNonzero), KernelTypes.None),
        Create(typeof(IndexingKernels), nameof(IndexingKernels.SumCounts), KernelTypes.None),
        Create(typeof(IndexingKernels), nameof(IndexingKernels.ListNonzero), KernelTypes.None),
        Create(typeof(IndexingKernels), nameof(IndexingKernels.FindOutOfRange), KernelTypes.None),
        Create(typeof(IndexingKernels), nameof(IndexingKernels.NoteOutOfRange), KernelTypes.None),
        Create(typeof(RandomKernels), nameof(RandomKernels.UniformSingles), KernelTypes.None),
        Create(typeof(RandomKernels), nameof(RandomKernels.UniformDoubles), KernelTypes.None),
        Create(typeof(RandomKernels), nameof(RandomKernels.NormalSingles), KernelTypes.None),
        Create(typeof(RandomKernels), nameof(RandomKernels.NormalDoubles), KernelTypes.None),
        Create(typeof(RandomKernels), nameof(RandomKernels.Masks), KernelTypes.None),
        Create(typeof(RandomKernels), nameof(RandomKernels.Integers), KernelTypes.None),
        Create(typeof(UpdateKernels), nameof(UpdateKernels.Update), typeof(IUpdateOperator<>)),
    ];

    private static readonly HashSet<MethodInfo> s_methods = [.. All.Select(kernel => kernel.Method)];

    /// <summary>Whether a kernel, open or closed, is in the list.</summary>
    public static bool Contains(MethodInfo kernel) => s_methods.Contains(kernel.IsGenericMethod ? kernel.GetGenericMethodDefinition() : kernel);

    private static Kernel Create(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type owner, string name, Type operatorInterface) =>
        new(Find(owner, name), operatorInterface, KernelTypes.OfOperator);

    private static Kernel Create(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type owner, string name, KernelTypes types) =>
        new(Find(owner, name), null, types);

    private static MethodInfo Find([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type owner, string name) =>
        owner.GetMethod(name, BindingFlags.Public | BindingFlags.Static)!;
}
