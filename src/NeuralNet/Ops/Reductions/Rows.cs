using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>The rows of a tensor along an axis.</summary>
internal static class Rows
{
    /// <summary>Longer rows go through the kernels that share a row among threads.</summary>
    private const long LongestFused = 64 * 1024;

    /// <summary>The contiguous layout of a shape with the axis at size 1: one number for each row.</summary>
    public static Layout Layout(Layout x, int axis) => NeuralNet.Layout.Contiguous(x.Shape.With(axis, 1));

    /// <summary>A tensor of one number for each row, which lacks the axis, as kernels see it: with the axis at size 1.</summary>
    public static View<T> Each<T>(Tensor numbers, int axis)
        where T : unmanaged => numbers.View<T>(numbers.Layout.Insert(axis));

    /// <summary>The fused kernels of a backend, if it has any that take these rows.</summary>
    public static IFusedKernels? Fused(IComputeBackend backend, int axis, params ReadOnlySpan<Layout> operands)
    {
        foreach (Layout operand in operands)
        {
            if (operand.Sizes[axis] > LongestFused || !AreConsecutive(operand, axis))
                return null;
        }
        return backend as IFusedKernels;
    }

    private static bool AreConsecutive(Layout layout, int axis) => layout.Strides[axis] == 1 || layout.Sizes[axis] == 1;
}
