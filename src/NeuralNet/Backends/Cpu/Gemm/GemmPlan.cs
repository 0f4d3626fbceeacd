using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>
/// How a product is cut into units of work. It depends on the sizes alone, never on the number of threads; and no cut changes the order in
/// which an element of c is summed.
/// </summary>
/// <remarks>
/// c is a grid of tiles: strips of rows, of nearly equal height so that no ragged one is left over, and panels of two vectors of columns.
/// A unit is a rectangle of tiles with the whole sum. Its rows of a stay in the second-level cache, its panel of b in the first.
/// </remarks>
internal readonly struct GemmPlan
{
    /// <summary>Rows of a in a unit, at most.</summary>
    public const int MaximumRows = 224;

    /// <summary>Steps of the sum between two visits to c, at most.</summary>
    public const int MaximumSteps = 512;

    /// <summary>Below this a job is not worth the other threads.</summary>
    public const double SmallJob = 1e5;

    /// <summary>Where a panel of b stays in the first-level cache beside a strip of a: better, unless c is visited too often.</summary>
    private const int FewSteps = 256;
    private const int DeepSum = 1000;
    private const int MaximumPanels = 8;
    private const int PanelsWorthCopyingRows = 4;
    private const int StripsWorthPackingPanels = 8;
    private const double SmallUnit = 1e6;
    private const int EnoughUnits = 16;

    public GemmPlan(nint m, nint n, double flops, long batches, int tileRows, int panelColumns)
    {
        Strips = CeilingDivide(m, tileRows);
        (ShortHeight, TallStrips) = (m / Strips, m % Strips);
        Panels = CeilingDivide(n, panelColumns);

        nint strips = Balance(Strips, MaximumRows / tileRows);
        nint panels = Balance(Panels, MaximumPanels);
        // Narrow units first; a block of rows is worth its copy only with several panels to meet.
        nint fewestPanels = Strips * tileRows > MaximumRows ? PanelsWorthCopyingRows : 1;
        double tileFlops = flops / ((double)Strips * Panels);
        while (batches * Units(strips, panels) < EnoughUnits && tileFlops * strips * panels >= 2 * SmallUnit)
        {
            if (panels > fewestPanels)
                panels = (panels + 1) / 2;
            else if (strips > StripsWorthPackingPanels)
                strips = (strips + 1) / 2;
            else
                break;
        }
        (StripsPerUnit, PanelsPerUnit) = (strips, panels);
        RowUnits = CeilingDivide(Strips, strips);
        ColumnUnits = CeilingDivide(Panels, panels);
        UnitsPerChunk = Math.Max(1, (long)(SmallUnit / Math.Max(1, tileFlops * strips * panels)));
    }

    /// <summary>The number of strips of rows.</summary>
    public nint Strips { get; }

    public nint ShortHeight { get; }

    /// <summary>How many strips, the first ones, have a row more than the others.</summary>
    public nint TallStrips { get; }

    /// <summary>The number of panels of columns.</summary>
    public nint Panels { get; }

    public nint StripsPerUnit { get; }

    public nint PanelsPerUnit { get; }

    public nint RowUnits { get; }

    public nint ColumnUnits { get; }

    /// <summary>Small units, of a batch, are given to a thread by the bunch.</summary>
    public long UnitsPerChunk { get; }

    /// <summary>The first row of a strip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint RowOf(nint strip) => strip * ShortHeight + Math.Min(strip, TallStrips);

    /// <summary>How many blocks the sum is cut into; one even where it is empty, since c is written with the last.</summary>
    public static nint BlocksOf(nint k) => Math.Max(1, CeilingDivide(k, k >= DeepSum ? MaximumSteps : FewSteps));

    public static nint CeilingDivide(nint value, nint divisor) => (value + divisor - 1) / divisor;

    private nint Units(nint strips, nint panels) => CeilingDivide(Strips, strips) * CeilingDivide(Panels, panels);

    /// <summary>The smallest size of a group for which there are no more groups than for the largest size.</summary>
    private static nint Balance(nint count, nint largest) => CeilingDivide(count, CeilingDivide(count, largest));
}
