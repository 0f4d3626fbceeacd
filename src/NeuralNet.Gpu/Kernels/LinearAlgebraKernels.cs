using System.Numerics;
using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>Device code of <see cref="ILinearAlgebraKernels"/>.</summary>
internal static class LinearAlgebraKernels
{
    /// <inheritdoc cref="TileProduct.TileSize"/>
    public const int TileSize = TileProduct.TileSize;

    private const int GroupSize = GpuBackend.GroupSize;
    private const int TileDepth = TileProduct.TileDepth;
    private const int Spacing = TileProduct.Spacing;

    /// <summary>
    /// c = activation(β·c + a·b + bias) by tiles of 64 × 64: each of 256 threads holds 4 × 4 results in registers. The batch is the shape
    /// of the leading axes. Every element is a sum of sums over 256 steps of k, in their order, which errs less than
    /// one long sum.
    /// </summary>
    public static void MatMul<T>(
        MatMulArguments arguments,
        DeviceShape batch,
        ArrayView<T> a,
        DeviceStrides aBatch,
        ArrayView<T> b,
        DeviceStrides bBatch,
        ArrayView<T> bias,
        ArrayView<T> c,
        DeviceStrides cBatch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArrayView<T> aTile = SharedMemory.Allocate<T>(TileSize * TileDepth);
        ArrayView<T> bTile = SharedMemory.Allocate<T>(TileSize * TileDepth);
        int row = Group.IdxX / Spacing;
        int column = Group.IdxX % Spacing;
        long tilesDown = (arguments.M + TileSize - 1) / TileSize;
        long tilesAcross = (arguments.N + TileSize - 1) / TileSize;
        for (long tile = Grid.IdxX; tile < batch.Length * tilesDown * tilesAcross; tile += Grid.DimX)
        {
            DevicePosition position = batch.Locate(tile / (tilesDown * tilesAcross));
            long firstRow = tile / tilesAcross % tilesDown * TileSize;
            long firstColumn = tile % tilesAcross * TileSize;
            long aStart = aBatch.At(position);
            long bStart = bBatch.At(position);
            RegisterTile<T> total = default;
            RegisterTile<T> sums = default;
            for (long depth = 0; depth < arguments.K; depth += TileDepth)
            {
                LoadA(arguments, a, aStart, firstRow, depth, aTile);
                LoadB(arguments, b, bStart, depth, firstColumn, bTile);
                Group.Barrier();
                for (int k = 0; k < TileDepth; k++)
                    sums.AddProduct(aTile, k * TileSize + row, bTile, k * TileSize + column, Spacing);
                Group.Barrier();
                if ((depth / TileDepth + 1) % TileProduct.TilesPerSum == 0)
                {
                    total.Add(sums);
                    sums = default;
                }
            }
            total.Add(sums);
            long cStart = cBatch.At(position);
            StoreRow(arguments, total.Row0, bias, c, cStart, firstRow + row, firstColumn + column);
            StoreRow(arguments, total.Row1, bias, c, cStart, firstRow + row + Spacing, firstColumn + column);
            StoreRow(arguments, total.Row2, bias, c, cStart, firstRow + row + 2 * Spacing, firstColumn + column);
            StoreRow(arguments, total.Row3, bias, c, cStart, firstRow + row + 3 * Spacing, firstColumn + column);
        }
    }

    /// <summary>Brings a tile of a to shared memory, transposed, with zeros beyond its borders.</summary>
    private static void LoadA<T>(MatMulArguments arguments, ArrayView<T> a, long start, long firstRow, long firstDepth, ArrayView<T> tile)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Neighbouring threads read along whichever axis lies together in memory.
        bool isTransposed = arguments.ARowStride == 1;
        for (int i = Group.IdxX; i < TileSize * TileDepth; i += GroupSize)
        {
            int row = isTransposed ? i % TileSize : i / TileDepth;
            int k = isTransposed ? i / TileSize : i % TileDepth;
            bool isInside = firstRow + row < arguments.M && firstDepth + k < arguments.K;
            tile[k * TileSize + row] = isInside
                ? a[start + (firstRow + row) * arguments.ARowStride + (firstDepth + k) * arguments.AColumnStride]
                : T.Zero;
        }
    }

    /// <summary>Brings a tile of b to shared memory, with zeros beyond its borders.</summary>
    private static void LoadB<T>(
        MatMulArguments arguments, ArrayView<T> b, long start, long firstDepth, long firstColumn, ArrayView<T> tile)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool isTransposed = arguments.BRowStride == 1;
        for (int i = Group.IdxX; i < TileSize * TileDepth; i += GroupSize)
        {
            int k = isTransposed ? i % TileDepth : i / TileSize;
            int column = isTransposed ? i / TileDepth : i % TileSize;
            bool isInside = firstDepth + k < arguments.K && firstColumn + column < arguments.N;
            tile[k * TileSize + column] = isInside
                ? b[start + (firstDepth + k) * arguments.BRowStride + (firstColumn + column) * arguments.BColumnStride]
                : T.Zero;
        }
    }

    private static void StoreRow<T>(
        MatMulArguments arguments, RegisterRow<T> sums, ArrayView<T> bias, ArrayView<T> c, long start, long row, long column)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (row >= arguments.M)
            return;
        long rowStart = start + row * arguments.CRowStride;
        Store(arguments, sums.X0, bias, c, rowStart, column);
        Store(arguments, sums.X1, bias, c, rowStart, column + Spacing);
        Store(arguments, sums.X2, bias, c, rowStart, column + 2 * Spacing);
        Store(arguments, sums.X3, bias, c, rowStart, column + 3 * Spacing);
    }

    private static void Store<T>(MatMulArguments arguments, T sum, ArrayView<T> bias, ArrayView<T> c, long rowStart, long column)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (column >= arguments.N)
            return;
        if (arguments.Accumulate != 0)
            sum = c[rowStart + column] + sum;
        if (arguments.HasBias != 0)
            sum += bias[arguments.BiasOffset + column * arguments.BiasStride];
        if (arguments.Activation == (int)FusedActivation.Relu)
            sum = sum <= T.Zero ? T.Zero : sum;
        c[rowStart + column] = sum;
    }

    /// <summary>c = activation(c + bias), for a product that was computed elsewhere.</summary>
    public static void Finish<T>(
        int hasBias, int activation, DeviceShape shape, ArrayView<T> bias, DeviceStrides biasStrides, ArrayView<T> c, DeviceStrides cStrides)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long i = GridLoop.Start; i < shape.Length; i += GridLoop.Step)
        {
            DevicePosition position = shape.Locate(i);
            T value = c[cStrides.At(position)];
            if (hasBias != 0)
                value += bias[biasStrides.At(position)];
            c[cStrides.At(position)] = activation == (int)FusedActivation.Relu && value <= T.Zero ? T.Zero : value;
        }
    }
}
