using System.Numerics;
using ILGPU;
using ILGPU.Runtime;
using NeuralNet.Backends.Gpu.Kernels;

namespace NeuralNet.Backends.Gpu;

internal sealed partial class GpuBackend
{
    public void MatMul<T>(View<T> a, View<T> b, View<T> c, in MatMulEpilogue<T> epilogue)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (c.IsEmpty || TryMultiplyByLibrary(a, b, c, in epilogue))
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
        const int Large = Kernels.LinearAlgebraKernels.LargeTileSize;
        long largeTiles = batch.Shape.Length * ((arguments.M + Large - 1) / Large) * ((arguments.N + Large - 1) / Large);
        // With fewer tiles than multiprocessors smaller ones share the work better.
        bool isLarge = largeTiles >= Multiprocessors && Math.Min(arguments.M, arguments.N) >= Large;
        Launch(
            isLarge ? Kernels.LinearAlgebraKernels.MatMulLarge : Kernels.LinearAlgebraKernels.MatMul,
            ForGroups(isLarge ? largeTiles : batch.Shape.Length * Tiles(arguments.M) * Tiles(arguments.N)),
            arguments, batch.Shape, Elements(a), batch.A, Elements(b), batch.B, Elements(epilogue.Bias ?? a), Elements(c), batch.Y);
    }

    /// <summary>Lets NVIDIA's library multiply, where it is installed and has words for the operands.</summary>
    private bool TryMultiplyByLibrary<T>(View<T> a, View<T> b, View<T> c, in MatMulEpilogue<T> epilogue)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!UsesLibrary || _hardware.AcceleratorType != AcceleratorType.Cuda || GemmCall.Of(a.Layout, b.Layout, c.Layout) is not { } call)
            return false;
        ArrayView<T> left = Elements(a);
        ArrayView<T> right = Elements(b);
        ArrayView<T> result = Elements(c);
        bool accumulate = epilogue.Accumulate;
        Precision precision = Precision;
        lock (_gate)
        {
            Loader();
            if (_library is not { } library)
                return false;
            library.Multiply(in call, left, right, result, accumulate, precision);
            Recording?.Add(_ => library.Multiply(in call, left, right, result, accumulate, precision));
        }
        if (epilogue.Bias is not null || epilogue.Activation != FusedActivation.None)
            Finish(c, in epilogue);
        return true;
    }

    /// <summary>Adds the bias to a product, and applies the activation.</summary>
    private void Finish<T>(View<T> c, in MatMulEpilogue<T> epilogue)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> bias = epilogue.Bias ?? c;
        long[] strides = new long[c.Layout.Rank];
        strides[^1] = bias.Layout.Strides[^1];
        var plan = DevicePlan.InMemoryOrder(c.Layout, new Layout(c.Layout.Shape, strides, bias.Layout.Offset));
        Launch(
            Kernels.LinearAlgebraKernels.Finish, ForItems(plan.Shape.Length),
            epilogue.Bias is null ? 0 : 1, (int)epilogue.Activation, plan.Shape, Elements(bias), plan.A, Elements(c), plan.Y);
    }

    private static long Tiles(long length) => (length + Kernels.LinearAlgebraKernels.TileSize - 1) / Kernels.LinearAlgebraKernels.TileSize;
}
