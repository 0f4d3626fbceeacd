using System.Numerics;
using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>
/// How the threads of a group share rows: as many neighbouring threads as a row has elements, rounded up to a power of two, work on one, so
/// that a group takes several short rows at a time.
/// </summary>
internal static class GroupRows
{
    /// <summary>The threads that share a row of a length.</summary>
    public static int LanesOf(long length) => (int)Math.Min(GpuBackend.GroupSize, (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(1, length)));

    /// <summary>Sums one number of each lane by a tree; every lane gets the sum. All threads of the group must come here.</summary>
    public static T Sum<T>(T value, int lanes, ArrayView<T> shared)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int thread = Group.IdxX;
        int lane = thread % lanes;
        shared[thread] = value;
        Group.Barrier();
        for (int half = lanes / 2; half > 0; half >>= 1)
        {
            if (lane < half)
                shared[thread] = shared[thread] + shared[thread + half];
            Group.Barrier();
        }
        T sum = shared[thread - lane];
        // What comes next must not overwrite what a slower thread has still to read.
        Group.Barrier();
        return sum;
    }

    /// <summary>The largest of one number of each lane; NaN is passed over.</summary>
    public static T Max<T>(T value, int lanes, ArrayView<T> shared)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int thread = Group.IdxX;
        int lane = thread % lanes;
        shared[thread] = value;
        Group.Barrier();
        for (int half = lanes / 2; half > 0; half >>= 1)
        {
            if (lane < half && shared[thread + half] > shared[thread])
                shared[thread] = shared[thread + half];
            Group.Barrier();
        }
        T largest = shared[thread - lane];
        Group.Barrier();
        return largest;
    }
}
