using System.Numerics;
using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>Three ways to compute an <see cref="ITileProduct{T}"/>. Every element is summed in an order that the sizes alone decide.</summary>
internal static class TileProduct
{
    /// <summary>The rows, and the columns, of the result that a group computes by <see cref="RunTiles"/>.</summary>
    public const int TileSize = 64;

    /// <summary>So many steps through shared memory are summed apart: a sum of sums errs less than one long sum.</summary>
    public const int TilesPerSum = 16;

    /// <summary>How much of the depth passes through shared memory at a time.</summary>
    public const int TileDepth = 16;

    /// <summary>The rows, and the columns, that a thread computes lie this far apart, so that neighbours read neighbouring memory.</summary>
    public const int Spacing = 16;

    /// <summary>Tiles of 64 × 64 in shared memory: each of 256 threads holds 4 × 4 results in registers.</summary>
    public static void RunTiles<T, TProduct>(TProduct product, int products)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TProduct : struct, ITileProduct<T>
    {
        ArrayView<T> aTile = SharedMemory.Allocate<T>(TileSize * TileDepth);
        ArrayView<T> bTile = SharedMemory.Allocate<T>(TileSize * TileDepth);
        int row = Group.IdxX / Spacing;
        int column = Group.IdxX % Spacing;
        int tilesDown = (product.Rows + TileSize - 1) / TileSize;
        int tilesAcross = (product.Columns + TileSize - 1) / TileSize;
        for (long tile = Grid.IdxX; tile < (long)products * tilesDown * tilesAcross; tile += Grid.DimX)
        {
            int number = (int)(tile / ((long)tilesDown * tilesAcross));
            int firstRow = (int)(tile / tilesAcross % tilesDown) * TileSize;
            int firstColumn = (int)(tile % tilesAcross) * TileSize;
            RegisterTile<T> total = default;
            RegisterTile<T> sums = default;
            for (int depth = 0; depth < product.Depth; depth += TileDepth)
            {
                for (int i = Group.IdxX; i < TileSize * TileDepth; i += GpuBackend.GroupSize)
                {
                    int k = i % TileDepth;
                    int place = i / TileDepth;
                    bool isA = firstRow + place < product.Rows && depth + k < product.Depth;
                    aTile[k * TileSize + place] = isA ? product.ReadA(number, firstRow + place, depth + k) : T.Zero;
                    bool isB = firstColumn + place < product.Columns && depth + k < product.Depth;
                    bTile[k * TileSize + place] = isB ? product.ReadB(number, depth + k, firstColumn + place) : T.Zero;
                }
                Group.Barrier();
                for (int k = 0; k < TileDepth; k++)
                    sums.AddProduct(aTile, k * TileSize + row, bTile, k * TileSize + column, Spacing);
                Group.Barrier();
                if ((depth / TileDepth + 1) % TilesPerSum == 0)
                {
                    total.Add(sums);
                    sums = default;
                }
            }
            total.Add(sums);
            WriteRow(product, number, firstRow + row, firstColumn + column, total.Row0);
            WriteRow(product, number, firstRow + row + Spacing, firstColumn + column, total.Row1);
            WriteRow(product, number, firstRow + row + 2 * Spacing, firstColumn + column, total.Row2);
            WriteRow(product, number, firstRow + row + 3 * Spacing, firstColumn + column, total.Row3);
        }
    }

    /// <summary>A thread for each result: for few columns or a short depth.</summary>
    public static void RunThreads<T, TProduct>(TProduct product, int products)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TProduct : struct, ITileProduct<T>
    {
        // Neighbouring threads have neighbouring channels, which lie side by side.
        int columns = product.Columns;
        long count = (long)product.Rows * products * columns;
        for (long i = GridLoop.Start; i < count; i += GridLoop.Step)
        {
            int column = (int)(i % columns);
            int number = (int)(i / columns % products);
            int row = (int)(i / columns / products);
            T sum = T.Zero;
            for (int depth = 0; depth < product.Depth; depth++)
                sum += product.ReadA(number, row, depth) * product.ReadB(number, depth, column);
            product.Write(number, row, column, sum);
        }
    }

    /// <summary>A group for each result: for few results of a great depth.</summary>
    public static void RunGroups<T, TProduct>(TProduct product, int products)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TProduct : struct, ITileProduct<T>
    {
        ArrayView<T> shared = SharedMemory.Allocate<T>(GpuBackend.GroupSize);
        int columns = product.Columns;
        long count = (long)product.Rows * products * columns;
        for (long i = Grid.IdxX; i < count; i += Grid.DimX)
        {
            int column = (int)(i % columns);
            int number = (int)(i / columns % products);
            int row = (int)(i / columns / products);
            T sum = T.Zero;
            for (int depth = Group.IdxX; depth < product.Depth; depth += GpuBackend.GroupSize)
                sum += product.ReadA(number, row, depth) * product.ReadB(number, depth, column);
            sum = GroupRows.Sum(sum, GpuBackend.GroupSize, shared);
            if (Group.IdxX == 0)
                product.Write(number, row, column, sum);
        }
    }

    private static void WriteRow<T, TProduct>(TProduct product, int number, int row, int column, RegisterRow<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TProduct : struct, ITileProduct<T>
    {
        if (row >= product.Rows)
            return;
        Write(product, number, row, column, sums.X0);
        Write(product, number, row, column + Spacing, sums.X1);
        Write(product, number, row, column + 2 * Spacing, sums.X2);
        Write(product, number, row, column + 3 * Spacing, sums.X3);
    }

    private static void Write<T, TProduct>(TProduct product, int number, int row, int column, T sum)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TProduct : struct, ITileProduct<T>
    {
        if (column < product.Columns)
            product.Write(number, row, column, sum);
    }
}
