namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>The axis that is sorted: how long it is, how many results there are, and how far they lie apart in bytes.</summary>
internal readonly record struct SortAxis(int Length, int Count, nint XStride, nint YStride)
{
    public static unsafe SortAxis Of<T>(Layout x, Layout y, int axis)
        where T : unmanaged => new(
            (int)x.Sizes[axis], (int)y.Sizes[axis], (nint)x.Strides[axis] * sizeof(T), (nint)y.Strides[axis] * sizeof(long));
}
