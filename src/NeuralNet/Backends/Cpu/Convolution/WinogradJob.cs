using NeuralNet.Backends.Cpu.Gemm;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// A convolution by windows of 3×3 at distance 1, in tiles of 4×4 results. It lives on the caller's stack while workers read it.
/// </summary>
internal unsafe struct WinogradJob<T>
    where T : unmanaged
{
    /// <summary>The elements of a transformed tile: 6×6.</summary>
    public const int Points = 36;

    /// <summary>The side of a tile of results.</summary>
    public const int Side = 4;

    /// <summary>Lines of the scratch memory are a cache line longer than they need, so that they do not compete for the same places.</summary>
    public const int Gap = 16;

    /// <summary>The transformed tiles of a block, their products and a panel of the weights share the second-level cache.</summary>
    private const nint LargestBlock = 300 << 10;
    private const int EnoughUnits = 16;

    public T* X;
    public T* Y;

    /// <summary>For each panel of columns, each point and each channel a row of the transformed weights.</summary>
    public T* Weights;

    /// <summary>The weights as they are.</summary>
    public PackedWeights Source;

    public T* Bias;

    /// <summary>A pixel of zeros, which stands around the images.</summary>
    public T* Zeros;

    /// <summary>N, 1, H, W.</summary>
    public Extent XSizes;

    public Extent YSizes;
    public Extent XStrides;
    public Extent YStrides;

    /// <summary>The zeros above the images.</summary>
    public nint Top;

    public nint Left;
    public nint Channels;
    public nint Columns;
    public bool Relu;

    public nint TileRows;
    public nint TileColumns;
    public nint TilesPerBlock;
    public nint Blocks;
    public nint Panels;
    public nint PanelsPerUnit;
    public nint UnitsPerBlock;

    public readonly nint Tiles => XSizes[0] * TileRows * TileColumns;

    /// <summary>From a point of the transformed images of a block to the next.</summary>
    public readonly nint PointStride => TilesPerBlock * Channels + Gap;

    /// <summary>From a point of the transformed weights of a panel to the next.</summary>
    /// <param name="width">The columns of the panel.</param>
    public readonly nint WeightStride(nint width) => Channels * width + Gap;

    /// <summary>The columns of a panel: those of one vector or two.</summary>
    public readonly nint WidthOf(nint panel, int vector) => Columns - panel * 2 * vector > vector ? 2 * vector : vector;

    /// <summary>Cuts the job into units: some panels of columns for a block of tiles. By sizes alone.</summary>
    public void Plan(int tileRows, int panelColumns)
    {
        TileRows = GemmPlan.CeilingDivide(YSizes[2], Side);
        TileColumns = GemmPlan.CeilingDivide(YSizes[3], Side);
        Panels = GemmPlan.CeilingDivide(Columns, panelColumns);
        TilesPerBlock = 4 * tileRows;
        // Blocks are the better units: of panels each unit transforms the tiles again.
        while (TilesPerBlock > tileRows && (Points * TilesPerBlock * Channels * sizeof(T) > LargestBlock || Tiles <= TilesPerBlock * (EnoughUnits - 1)))
            TilesPerBlock -= tileRows;
        Blocks = GemmPlan.CeilingDivide(Tiles, TilesPerBlock);
        PanelsPerUnit = Math.Clamp(Panels * Blocks / EnoughUnits, 1, Panels);
        UnitsPerBlock = GemmPlan.CeilingDivide(Panels, PanelsPerUnit);
    }
}
