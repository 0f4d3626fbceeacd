using System.Numerics;
using NeuralNet.Backends.Gpu.Kernels;

namespace NeuralNet.Backends.Gpu;

internal sealed partial class GpuBackend
{
    public void MatMul<T>(View<T> a, View<T> b, View<T> c, in MatMulEpilogue<T> epilogue)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (c.IsEmpty)
            return;
        int rank = c.Layout.Rank;
        ulong leading = (1UL << (rank - 2)) - 1;
        var batch = DevicePlan.InMemoryOrder(c.Layout, a.Layout, b.Layout, axes: leading);
        MatMulArguments arguments = new()
        {
            M = c.Layout.Sizes[^2],
            N = c.Layout.Sizes[^1],
            K = a.Layout.Sizes[^1],
            ARowStride = a.Layout.Strides[^2],
            AColumnStride = a.Layout.Strides[^1],
            BRowStride = b.Layout.Strides[^2],
            BColumnStride = b.Layout.Strides[^1],
            CRowStride = c.Layout.Strides[^2],
            Accumulate = epilogue.Accumulate ? 1 : 0,
            Activation = (int)epilogue.Activation,
        };
        if (epilogue.Bias is { } bias)
        {
            arguments.HasBias = 1;
            arguments.BiasOffset = bias.Layout.Offset;
            arguments.BiasStride = bias.Layout.Strides[^1];
        }
        long tiles = batch.Shape.Length * Tiles(arguments.M) * Tiles(arguments.N);
        Launch(
            Kernels.LinearAlgebraKernels.MatMul, ForGroups(tiles),
            arguments, batch.Shape, Elements(a), batch.A, Elements(b), batch.B, Elements(epilogue.Bias ?? a), Elements(c), batch.Y);
    }

    private static long Tiles(long length) => (length + Kernels.LinearAlgebraKernels.TileSize - 1) / Kernels.LinearAlgebraKernels.TileSize;
}
