using NeuralNet.Backends.Cpu.Gemm;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// The weight gradient of a convolution by windows of 3×3 at distance 1, as a sum over tiles of 4×4 results. It lives on the caller's stack while
/// workers read it.
/// </summary>
internal unsafe struct WinogradGradientJob<T>
    where T : unmanaged
{
    /// <summary>The points of a row of a transformed tile, which a unit computes, and the sums that are left of them.</summary>
    public const int Side = 6;

    public const int Window = 3;

    private const nint LargestBlock = 344 << 10;
    private const int EnoughUnits = 16;

    /// <summary>The images, and the sizes of dy as those of the results.</summary>
    public WinogradJob<T> Images;

    public T* Dy;
    public Extent DyStrides;

    /// <summary>For each part, pair of panels and row of points: elements of a row of the windows, columns, channels.</summary>
    public T* Sums;

    public T* Dw;

    /// <summary>From a column, a channel, a row and an element of a row of the windows to the next.</summary>
    public Extent DwStrides;

    /// <summary>The channels, and the columns, of a panel.</summary>
    public nint PanelLength;

    public nint ChannelPanels;
    public nint ColumnPanels;
    public nint TilesPerBlock;
    public nint TilesPerPart;
    public nint Parts;

    /// <summary>The number of pairs of panels.</summary>
    public readonly nint Pairs => ChannelPanels * ColumnPanels;

    public readonly nint Units => Parts * Pairs * Side;

    /// <summary>The elements of a sum for a pair of panels.</summary>
    public readonly nint PairLength => PanelLength * PanelLength;

    /// <summary>From a point of the transformed tiles of a block to the next.</summary>
    public readonly nint PointStride => TilesPerBlock * PanelLength + WinogradJob<T>.Gap;

    /// <summary>Cuts the job into units: a row of points for a pair of panels, for a part of the tiles where there are few of them. By sizes alone.</summary>
    /// <param name="longestPanel">The most channels of a panel, a multiple of a vector's elements.</param>
    /// <param name="vector">A vector's elements.</param>
    public void Plan(nint longestPanel, nint vector)
    {
        Images.TileRows = GemmPlan.CeilingDivide(Images.YSizes[2], WinogradJob<T>.Side);
        Images.TileColumns = GemmPlan.CeilingDivide(Images.YSizes[3], WinogradJob<T>.Side);
        nint most = Math.Max(Images.Channels, Images.Columns);
        nint panels = GemmPlan.CeilingDivide(most, longestPanel);
        PanelLength = GemmPlan.CeilingDivide(GemmPlan.CeilingDivide(most, panels), vector) * vector;
        ChannelPanels = GemmPlan.CeilingDivide(Images.Channels, PanelLength);
        ColumnPanels = GemmPlan.CeilingDivide(Images.Columns, PanelLength);
        nint mostTiles = Math.Max(1, LargestBlock / (2 * Side * PanelLength * sizeof(T)));
        nint blocks = GemmPlan.CeilingDivide(Images.Tiles, mostTiles);
        nint parts = Math.Clamp(EnoughUnits / (Pairs * Side), 1, blocks);
        blocks = GemmPlan.CeilingDivide(blocks, parts) * parts;
        TilesPerBlock = GemmPlan.CeilingDivide(Images.Tiles, blocks);
        TilesPerPart = blocks / parts * TilesPerBlock;
        Parts = GemmPlan.CeilingDivide(Images.Tiles, TilesPerPart);
    }
}
