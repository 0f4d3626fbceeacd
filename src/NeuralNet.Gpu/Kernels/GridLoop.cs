using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>Loops in which the threads of a launch share a number of elements that does not depend on how many threads there are.</summary>
internal static class GridLoop
{
    /// <summary>The first element of this thread.</summary>
    public static long Start => (long)Grid.IdxX * Group.DimX + Group.IdxX;

    /// <summary>The distance to the next element of this thread: the number of threads.</summary>
    public static long Step => (long)Grid.DimX * Group.DimX;
}
