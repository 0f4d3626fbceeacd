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
        Create(typeof(MemoryKernels), nameof(MemoryKernels.Copy)),
        Create(typeof(MemoryKernels), nameof(MemoryKernels.Fill)),
        Create(typeof(ElementwiseKernels), nameof(ElementwiseKernels.Unary), typeof(IUnaryOperator<>)),
        Create(typeof(ElementwiseKernels), nameof(ElementwiseKernels.Binary), typeof(IBinaryOperator<>)),
        Create(typeof(ElementwiseKernels), nameof(ElementwiseKernels.Compare), typeof(IComparisonOperator<>)),
        Create(typeof(ElementwiseKernels), nameof(ElementwiseKernels.Select)),
        Create(typeof(ElementwiseKernels), nameof(ElementwiseKernels.Convert), typeof(IConversionOperator<,>)),
        Create(typeof(ReductionKernels), nameof(ReductionKernels.ReduceByThread), typeof(IReductionOperator<,>)),
        Create(typeof(ReductionKernels), nameof(ReductionKernels.ReduceByGroup), typeof(IReductionOperator<,>)),
        Create(typeof(ReductionKernels), nameof(ReductionKernels.CombinePartials), typeof(IReductionOperator<,>)),
        Create(typeof(ReductionKernels), nameof(ReductionKernels.ArgReduce), typeof(IComparisonOperator<>)),
        Create(typeof(UpdateKernels), nameof(UpdateKernels.Update), typeof(IUpdateOperator<>)),
        Create(typeof(LinearAlgebraKernels), nameof(LinearAlgebraKernels.MatMul), isFloatingPoint: true),
    ];

    private static Kernel Create(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type owner,
        string name,
        Type? operatorInterface = null,
        bool isFloatingPoint = false) =>
        new(owner.GetMethod(name, BindingFlags.Public | BindingFlags.Static)!, operatorInterface, isFloatingPoint);
}
