namespace NeuralNet.Backends.Cpu.Normalization;

/// <summary>A normalisation as its kernels see it. It lives on the caller's stack while workers read it.</summary>
internal unsafe struct NormalizationJob<T>
    where T : unmanaged
{
    private const nint ElementsPerBlock = 16 * 1024;
    private const nint MostBlocks = 64;
    private const nint ColumnsPerTile = 2048;
    private const nint MostTiles = 16;

    /// <summary>Fewer sets of one row are not worth sums of their own.</summary>
    private const nint FewestSets = 64;

    /// <summary>Fewer rows are not worth sums of their own.</summary>
    private const nint FewestRows = 8;

    public T* X;
    public T* Dy;
    public T* Y;

    /// <summary>[sets, groups, 2].</summary>
    public T* Statistics;

    /// <summary>[columns], or null.</summary>
    public T* Weight;

    public T* Bias;

    /// <summary>[2, columns].</summary>
    public T* Sums;

    /// <summary>For each block of rows [2, columns].</summary>
    public T* Parts;

    /// <summary>For each column what an element is multiplied by, then what is added.</summary>
    public T* Scales;

    public nint Sets;
    public nint Rows;
    public nint Columns;
    public nint Groups;
    public double Epsilon;
    public bool IsCentered;

    /// <summary>Whether results are written past the caches.</summary>
    public bool IsStreamed;
    public nint RowsPerBlock;
    public nint Blocks;

    /// <summary>The tiles of neighbouring columns that a row is cut into.</summary>
    public nint TilesPerRow;

    public readonly nint GroupColumns => Columns / Groups;

    public readonly nint GroupLength => Rows * GroupColumns;

    /// <summary>The columns of a tile, whose sums stay in the nearest cache.</summary>
    public readonly nint TileColumns => ColumnsPerTile;

    /// <summary>
    /// The chunk for this turn of a pass that starts where the pass of sums before it ended, at what the caches may still have.
    /// </summary>
    public static int FromEnd(int turn, nint chunks) => (int)chunks - 1 - turn;

    /// <summary>Cuts sets of one row into blocks, and the columns into tiles.</summary>
    public void PlanTiles()
    {
        TilesPerRow = (Columns + ColumnsPerTile - 1) / ColumnsPerTile;
        Blocks = Math.Clamp(MostTiles / TilesPerRow, 1, (Sets + FewestSets - 1) / FewestSets);
        RowsPerBlock = (Sets + Blocks - 1) / Blocks;
        Blocks = (Sets + RowsPerBlock - 1) / RowsPerBlock;
    }

    /// <summary>Cuts some rows into blocks, by their sizes alone.</summary>
    /// <param name="rows">The rows of a set, or of all.</param>
    /// <param name="isSummed">Whether sums are kept for each block.</param>
    public void Plan(nint rows, bool isSummed)
    {
        RowsPerBlock = Math.Max(1, ElementsPerBlock / Math.Max(1, Columns));
        if (isSummed)
            RowsPerBlock = Math.Max(RowsPerBlock, Math.Max(FewestRows, (rows + MostBlocks - 1) / MostBlocks));
        Blocks = (rows + RowsPerBlock - 1) / RowsPerBlock;
    }
}
