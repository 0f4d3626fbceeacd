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
    private const nint BlockBytes = 192 << 10;

    /// <summary>Sums of more pixels are added block by block, which keeps the errors of float small.</summary>
    private const nint BlockPixels = 256;

    private const double SmallUnit = 1e6;
    private const int EnoughUnits = 16;

    public T* X;
    public T* Dy;

    /// <summary>For each part [groups, steps, columns].</summary>
    public T* Sums;

    /// <summary>For each line of dy: the bytes from X to its windows, and from Dy's last line's end to its pixels.</summary>
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
    public nint LinesPerBlock;
    public nint Parts;
    public nint LinesPerPart;

    public readonly nint SumLength => SegmentCount * Steps;

    /// <summary>The elements of a part.</summary>
    public readonly nint PartLength => Groups * SumLength * Columns;

    public readonly nint Units => Parts * Groups * SegmentCount * Panels;

    public readonly double Flops => 2.0 * PartLength * LineCount * Pixels;

    /// <summary>Cuts the job into units: a segment and a panel, for a part of the lines where there are few of them. By sizes alone.</summary>
    public void Plan(int panelColumns)
    {
        Panels = GemmPlan.CeilingDivide(Columns, panelColumns);
        nint lineBytes = Math.Max(1, Pixels * (XStep + panelColumns) * sizeof(T));
        LinesPerBlock = Math.Clamp(Math.Min(BlockBytes / lineBytes, BlockPixels / Math.Max(1, Pixels)), 1, LineCount);
        nint blocks = GemmPlan.CeilingDivide(LineCount, LinesPerBlock);
        nint units = Groups * SegmentCount * Panels;
        nint parts = Math.Min(Math.Max(1, EnoughUnits / units), (nint)Math.Max(1, Flops / units / SmallUnit));
        if (parts > 1 && blocks < parts)
        {
            LinesPerBlock = GemmPlan.CeilingDivide(LineCount, Math.Min(parts, LineCount));
            blocks = GemmPlan.CeilingDivide(LineCount, LinesPerBlock);
        }
        LinesPerPart = GemmPlan.CeilingDivide(blocks, Math.Min(parts, blocks)) * LinesPerBlock;
        Parts = GemmPlan.CeilingDivide(LineCount, LinesPerPart);
    }
}
