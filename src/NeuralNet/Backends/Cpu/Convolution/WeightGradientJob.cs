using NeuralNet.Backends.Cpu.Gemm;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// The weight gradient as a product: its rows are the steps of a window, its columns the channels of dy, and the sum runs over all pixels
/// of dy, line by line. It lives on the caller's stack while workers read it.
/// </summary>
internal unsafe struct WeightGradientJob<T>
    where T : unmanaged
{
    /// <summary>A block's part of x and of dy should stay in the second-level cache while one tile after the other sums over it.</summary>
    private const nint BlockBytes = 256 << 10;

    /// <summary>Sums of more pixels are added block by block, which keeps the errors of float small.</summary>
    private const nint BlockPixels = 256;

    /// <summary>All parts together may take this much.</summary>
    private const nint PartsBytes = 4 << 20;

    private const double SmallUnit = 1e6;
    private const int EnoughUnits = 16;

    public T* X;
    public T* Dy;

    /// <summary>For each part [groups, steps, columns].</summary>
    public T* Sums;

    /// <summary>For each line of dy: the bytes from X to its windows, and 0, as in <see cref="Tile{T}.Segments"/>.</summary>
    public nint* Lines;

    /// <summary>For each line of dy: the bytes from Dy to its pixels.</summary>
    public nint* Starts;

    public nint LineCount;
    public nint Pixels;

    /// <summary>From a window to the next, in elements of x.</summary>
    public nint XStep;

    public nint DyStep;

    /// <summary>The segments of a window, as in <see cref="Tile{T}.Segments"/>.</summary>
    public nint* Segments;

    public nint SegmentCount;
    public nint Steps;
    public nint Groups;

    /// <summary>The channels of x that a group has.</summary>
    public nint XGroup;

    /// <summary>The channels of dy that a group has.</summary>
    public nint Columns;

    public nint Panels;
    public nint PanelsPerUnit;
    public nint PanelGroups;
    public nint LinesPerBlock;

    /// <summary>The pixels of a line that are packed and summed at a time: all, unless there are many.</summary>
    public nint PixelsPerPiece;
    public nint Parts;
    public nint LinesPerPart;

    public readonly nint SumLength => SegmentCount * Steps;

    /// <summary>The elements of a part.</summary>
    public readonly nint PartLength => Groups * SumLength * Columns;

    public readonly nint Units => Parts * Groups * SegmentCount * PanelGroups;

    public readonly double Flops => 2.0 * PartLength * LineCount * Pixels;

    /// <summary>
    /// Cuts the job into units, by sizes alone: a segment with all panels for a part of the lines, so that x is read once for all panels.
    /// Where the sums of many parts would be large, or there are few lines, the panels are distributed too.
    /// </summary>
    public void Plan(int panelColumns)
    {
        Panels = GemmPlan.CeilingDivide(Columns, panelColumns);
        nint units = Math.Max(1, Groups * SegmentCount);
        nint useful = (nint)Math.Clamp(Flops / units / SmallUnit, 1, GemmPlan.CeilingDivide(EnoughUnits, units));
        nint parts = Math.Clamp(PartsBytes / Math.Max(1, PartLength * sizeof(T)), 1, Math.Min(useful, LineCount));
        PanelsPerUnit = Math.Max(1, Panels / GemmPlan.CeilingDivide(useful, parts));
        PanelGroups = GemmPlan.CeilingDivide(Panels, PanelsPerUnit);
        nint lineBytes = Math.Max(1, Pixels * (XStep + PanelsPerUnit * panelColumns) * sizeof(T));
        LinesPerBlock = Math.Clamp(Math.Min(BlockBytes / lineBytes, BlockPixels / Math.Max(1, Pixels)), 1, LineCount);
        PixelsPerPiece = Math.Min(Pixels, BlockPixels);
        nint blocks = GemmPlan.CeilingDivide(LineCount, LinesPerBlock);
        if (parts > 1 && blocks < parts)
        {
            LinesPerBlock = GemmPlan.CeilingDivide(LineCount, Math.Min(parts, LineCount));
            blocks = GemmPlan.CeilingDivide(LineCount, LinesPerBlock);
        }
        LinesPerPart = GemmPlan.CeilingDivide(blocks, Math.Min(parts, blocks)) * LinesPerBlock;
        Parts = GemmPlan.CeilingDivide(LineCount, LinesPerPart);
    }
}
