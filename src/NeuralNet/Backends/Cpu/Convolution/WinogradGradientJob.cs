using NeuralNet.Backends.Cpu.Gemm;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// The weight gradient of a convolution by windows of 3×3 at distance 1, as a sum over tiles of 4×4 results. It lives on the caller's stack while
/// workers read it.
/// </summary>
internal unsafe struct WinogradGradientJob<T>
    where T : unmanaged
{
    private const nint FewestTiles = 64;
    private const nint MostTiles = 256;
    private const nint MostTilesPerUnit = 8;
    private const nint EnoughUnits = 16;

    /// <summary>The images, and the sizes of dy as those of the results.</summary>
    public WinogradJob<T> Images;

    public T* Dy;
    public Extent DyStrides;

    /// <summary>For each point the transformed tiles of the images of a block, [tiles, channels].</summary>
    public T* ImageTiles;

    /// <summary>The same of dy, [tiles, columns].</summary>
    public T* GradientTiles;

    /// <summary>For each point the sums over all tiles, [columns, channels].</summary>
    public T* Sums;

    public T* Dw;

    /// <summary>From a column, a channel, a row and an element of a row of the windows to the next.</summary>
    public Extent DwStrides;

    public nint TilesPerBlock;
    public nint TilesPerUnit;

    /// <summary>The first tile of the block that is computed.</summary>
    public nint FirstTile;

    /// <summary>The tiles of that block.</summary>
    public readonly nint Tiles => Math.Min(TilesPerBlock, Images.Tiles - FirstTile);

    /// <summary>From a point of the transformed tiles of the images to the next.</summary>
    public readonly nint ImageStride => TilesPerBlock * Images.Channels + WinogradJob<T>.Gap;

    public readonly nint GradientStride => TilesPerBlock * Images.Columns + WinogradJob<T>.Gap;

    public readonly nint SumStride => Images.Columns * Images.Channels + WinogradJob<T>.Gap;

    /// <summary>
    /// Cuts the tiles into blocks, by sizes alone. The longer a block, the fewer times the sums are read and written; the shorter, the nearer the cache
    /// that holds its transformed tiles: these move half as much where it has channels · columns / (2·(channels + columns)) tiles.
    /// </summary>
    public void Plan()
    {
        Images.TileRows = GemmPlan.CeilingDivide(Images.YSizes[2], WinogradJob<T>.Side);
        Images.TileColumns = GemmPlan.CeilingDivide(Images.YSizes[3], WinogradJob<T>.Side);
        nint most = Math.Clamp(Images.Channels * Images.Columns / (2 * (Images.Channels + Images.Columns)), FewestTiles, MostTiles);
        TilesPerBlock = GemmPlan.CeilingDivide(Images.Tiles, GemmPlan.CeilingDivide(Images.Tiles, most));
        TilesPerUnit = Math.Clamp(TilesPerBlock / EnoughUnits, 1, MostTilesPerUnit);
    }
}
