using System.Numerics;
using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>Device code of <see cref="ILinearAlgebraKernels"/>.</summary>
internal static class LinearAlgebraKernels
{
    /// <inheritdoc cref="TileProduct.TileSize"/>
    public const int TileSize = TileProduct.TileSize;

    /// <summary>The rows, and the columns, of the result that a group computes by <see cref="MatMulLarge"/>.</summary>
    public const int LargeTileSize = 128;

    /// <summary>Rows and columns of a thread lie together by four, and four by four this far apart.</summary>
    private const int LargeSpacing = LargeTileSize / 2;

    private const int LargeTileDepth = 8;
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
                LoadA(arguments, a, aStart, firstRow, depth, aTile, TileSize, TileDepth);
                LoadB(arguments, b, bStart, depth, firstColumn, bTile, TileSize, TileDepth);
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
            StoreTile(arguments, total, bias, c, cStart, firstRow + row, firstColumn + column, Spacing);
        }
    }

    /// <summary>
    /// The same by tiles of 128 × 128, for products that are large enough to keep a device busy with them: each thread holds 8 × 8 results in registers, and reads
    /// four neighbours from shared memory at once, so that it multiplies four times as much for what it reads. Every element is one sum, in the order of k.
    /// </summary>
    public static void MatMulLarge<T>(
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
        ArrayView<T> aTile = SharedMemory.Allocate<T>(LargeTileSize * LargeTileDepth);
        ArrayView<T> bTile = SharedMemory.Allocate<T>(LargeTileSize * LargeTileDepth);
        ArrayView<RegisterRow<T>> aFours = aTile.Cast<RegisterRow<T>>();
        ArrayView<RegisterRow<T>> bFours = bTile.Cast<RegisterRow<T>>();
        int row = Group.IdxX / Spacing;
        int column = Group.IdxX % Spacing;
        long tilesDown = (arguments.M + LargeTileSize - 1) / LargeTileSize;
        long tilesAcross = (arguments.N + LargeTileSize - 1) / LargeTileSize;
        for (long tile = Grid.IdxX; tile < batch.Length * tilesDown * tilesAcross; tile += Grid.DimX)
        {
            DevicePosition position = batch.Locate(tile / (tilesDown * tilesAcross));
            long firstRow = tile / tilesAcross % tilesDown * LargeTileSize;
            long firstColumn = tile % tilesAcross * LargeTileSize;
            long aStart = aBatch.At(position);
            long bStart = bBatch.At(position);
            RegisterTile<T> upperLeft = default;
            RegisterTile<T> upperRight = default;
            RegisterTile<T> lowerLeft = default;
            RegisterTile<T> lowerRight = default;
            for (long depth = 0; depth < arguments.K; depth += LargeTileDepth)
            {
                LoadA(arguments, a, aStart, firstRow, depth, aTile, LargeTileSize, LargeTileDepth);
                LoadB(arguments, b, bStart, depth, firstColumn, bTile, LargeTileSize, LargeTileDepth);
                Group.Barrier();
                for (int k = 0; k < LargeTileDepth; k++)
                {
                    int start = k * LargeTileSize / 4;
                    RegisterRow<T> upper = aFours[start + row];
                    RegisterRow<T> lower = aFours[start + LargeSpacing / 4 + row];
                    RegisterRow<T> left = bFours[start + column];
                    RegisterRow<T> right = bFours[start + LargeSpacing / 4 + column];
                    upperLeft.AddProduct(upper, left);
                    upperRight.AddProduct(upper, right);
                    lowerLeft.AddProduct(lower, left);
                    lowerRight.AddProduct(lower, right);
                }
                Group.Barrier();
            }
            long cStart = cBatch.At(position);
            firstRow += 4 * row;
            firstColumn += 4 * column;
            StoreTile(arguments, upperLeft, bias, c, cStart, firstRow, firstColumn, 1);
            StoreTile(arguments, upperRight, bias, c, cStart, firstRow, firstColumn + LargeSpacing, 1);
            StoreTile(arguments, lowerLeft, bias, c, cStart, firstRow + LargeSpacing, firstColumn, 1);
            StoreTile(arguments, lowerRight, bias, c, cStart, firstRow + LargeSpacing, firstColumn + LargeSpacing, 1);
        }
    }

    /// <summary>Brings a tile of a to shared memory, transposed, with zeros beyond its borders.</summary>
    private static void LoadA<T>(
        MatMulArguments arguments, ArrayView<T> a, long start, long firstRow, long firstDepth, ArrayView<T> tile, int tileSize, int tileDepth)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Neighbouring threads read along whichever axis lies together in memory.
        bool isTransposed = arguments.ARowStride == 1;
        for (int i = Group.IdxX; i < tileSize * tileDepth; i += GroupSize)
        {
            int row = isTransposed ? i % tileSize : i / tileDepth;
            int k = isTransposed ? i / tileSize : i % tileDepth;
            bool isInside = firstRow + row < arguments.M && firstDepth + k < arguments.K;
            tile[k * tileSize + row] = isInside
                ? a[start + (firstRow + row) * arguments.ARowStride + (firstDepth + k) * arguments.AColumnStride]
                : T.Zero;
        }
    }

    /// <summary>Brings a tile of b to shared memory, with zeros beyond its borders.</summary>
    private static void LoadB<T>(
        MatMulArguments arguments, ArrayView<T> b, long start, long firstDepth, long firstColumn, ArrayView<T> tile, int tileSize, int tileDepth)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool isTransposed = arguments.BRowStride == 1;
        for (int i = Group.IdxX; i < tileSize * tileDepth; i += GroupSize)
        {
            int k = isTransposed ? i % tileDepth : i / tileSize;
            int column = isTransposed ? i / tileDepth : i % tileSize;
            bool isInside = firstDepth + k < arguments.K && firstColumn + column < arguments.N;
            tile[k * tileSize + column] = isInside
                ? b[start + (firstDepth + k) * arguments.BRowStride + (firstColumn + column) * arguments.BColumnStride]
                : T.Zero;
        }
    }

    private static void StoreTile<T>(
        MatMulArguments arguments, RegisterTile<T> sums, ArrayView<T> bias, ArrayView<T> c, long start, long row, long column, int spacing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        StoreRow(arguments, sums.Row0, bias, c, start, row, column, spacing);
        StoreRow(arguments, sums.Row1, bias, c, start, row + spacing, column, spacing);
        StoreRow(arguments, sums.Row2, bias, c, start, row + 2 * spacing, column, spacing);
        StoreRow(arguments, sums.Row3, bias, c, start, row + 3 * spacing, column, spacing);
    }

    private static void StoreRow<T>(
        MatMulArguments arguments, RegisterRow<T> sums, ArrayView<T> bias, ArrayView<T> c, long start, long row, long column, int spacing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (row >= arguments.M)
            return;
        long rowStart = start + row * arguments.CRowStride;
        Store(arguments, sums.X0, bias, c, rowStart, column);
        Store(arguments, sums.X1, bias, c, rowStart, column + spacing);
        Store(arguments, sums.X2, bias, c, rowStart, column + 2 * spacing);
        Store(arguments, sums.X3, bias, c, rowStart, column + 3 * spacing);
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
