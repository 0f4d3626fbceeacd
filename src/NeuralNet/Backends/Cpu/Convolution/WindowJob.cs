using NeuralNet.Backends.Cpu.Gemm;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// Sums over windows of images, for a grid of them: y[position] = Σ x[position + segment + step]·weights[segment, step]. Convolutions and,
/// phase by phase, their input gradients are such sums. It lives on the caller's stack while workers read it.
/// </summary>
internal unsafe struct WindowJob<T>
    where T : unmanaged
{
    /// <summary>A unit's part of x should stay in the second-level cache while one panel of the weights after the other meets it.</summary>
    private const nint UnitBytes = 256 << 10;

    private const double LargestUnit = 1.6e7;
    private const double SmallUnit = 1e6;
    private const double SmallChunk = 5e5;
    private const int EnoughUnits = 16;
    private const int EnoughCopyingUnits = 64;

    /// <summary>A copy of less stays in the nearer caches.</summary>
    private const nint SmallestCopy = 2 << 20;

    public T* X;
    public T* Y;

    /// <summary>For each group of channels its panels, for each step of the sum a row of columns.</summary>
    public T* Weights;

    /// <summary>What is added for each channel of y, or null.</summary>
    public T* Bias;

    /// <summary>The number of windows along each axis.</summary>
    public Extent Sizes;

    /// <summary>From a window to the next, in elements of x.</summary>
    public Extent XStrides;

    public Extent YStrides;

    /// <summary>As in <see cref="Tile{T}.Segments"/>.</summary>
    public nint* Segments;

    public nint SegmentCount;

    /// <summary>The steps of a segment, which are contiguous in x.</summary>
    public nint Steps;

    public nint Groups;

    /// <summary>The channels of x that a group has.</summary>
    public nint XGroup;

    /// <summary>The channels of y that a group has.</summary>
    public nint Columns;

    /// <summary>Whether negative results become 0.</summary>
    public bool Relu;

    /// <summary>How units copy the lines of x that they read, with the zeros that stand around them, where they do.</summary>
    public PaddedCopy<T> Copy;

    /// <summary>The lines over which a window reaches.</summary>
    public nint WindowLines;

    /// <summary>The lines of results that a unit computes, if it copies; otherwise 0, and x holds the zeros.</summary>
    public nint LinesPerUnit;

    public nint UnitsPerImage;

    public nint StripsPerLine;
    public nint Strips;
    public nint StripsPerUnit;
    public nint UnitsPerGroup;
    public nint Panels;
    public nint UnitsPerChunk;

    public readonly bool Copies => LinesPerUnit > 0;

    public readonly nint Units => Copies ? Sizes[0] * UnitsPerImage : Groups * UnitsPerGroup;

    /// <summary>From a line of results to the next, in lines of x.</summary>
    public readonly nint LineStep => Math.Max(1, XStrides[2] / Copy.LineLength);

    /// <summary>The operations of the whole job.</summary>
    public readonly double Flops => 2.0 * Sizes.Product * Groups * Columns * SegmentCount * Steps;

    /// <summary>Cuts the job into units: a panel of columns for some strips of neighbouring windows. By sizes alone.</summary>
    public void Plan(int tileRows, int panelColumns)
    {
        if (Copies)
        {
            StripsPerLine = GemmPlan.CeilingDivide(Sizes[3], tileRows);
            Panels = GemmPlan.CeilingDivide(Columns, panelColumns);
            UnitsPerChunk = Math.Max(1, (nint)(SmallChunk * Units / Math.Max(1, Flops)));
            return;
        }
        Merge();
        nint width = Sizes[3];
        StripsPerLine = GemmPlan.CeilingDivide(width, tileRows);
        Strips = Sizes[0] * Sizes[1] * Sizes[2] * StripsPerLine;
        Panels = GemmPlan.CeilingDivide(Columns, panelColumns);
        nint rows = GemmPlan.CeilingDivide(width, StripsPerLine);
        double stripFlops = Math.Max(1, 2.0 * rows * Math.Min(Columns, panelColumns) * SegmentCount * Steps);
        nint stripBytes = Math.Max(1, rows * XStrides[3] * sizeof(T));
        nint strips = Math.Clamp(Math.Min(UnitBytes / stripBytes, (nint)(LargestUnit / stripFlops)), 1, Strips);
        while (strips > 1 && GemmPlan.CeilingDivide(Strips, strips) * Panels * Groups < EnoughUnits && strips * stripFlops >= 2 * SmallUnit)
            strips = (strips + 1) / 2;
        StripsPerUnit = strips;
        UnitsPerGroup = GemmPlan.CeilingDivide(Strips, strips) * Panels;
        UnitsPerChunk = Math.Max(1, (nint)(SmallChunk / (strips * stripFlops)));
    }

    /// <summary>
    /// Lets each unit copy the few lines it reads, where that pays: they go from memory to the second-level cache once, where all panels of the weights
    /// meet them, and not to memory and back before. That takes a large copy and enough units; with few, the panels are distributed. By sizes alone.
    /// </summary>
    public void PlanCopies()
    {
        if (Copy.Sizes[1] != 1 || Flops == 0 || Copy.Length * sizeof(T) < SmallestCopy)
            return;
        nint lines = UnitBytes / (Copy.LineLength * sizeof(T));
        if (lines < WindowLines)
            return;
        nint most = (lines - WindowLines) / LineStep + 1;
        double lineFlops = Flops / (Sizes[0] * Sizes[2]);
        UnitsPerImage = GemmPlan.CeilingDivide(Sizes[2], most);
        while (Sizes[0] * UnitsPerImage < EnoughCopyingUnits && UnitsPerImage < Sizes[2] && Sizes[2] / UnitsPerImage * lineFlops >= 2 * SmallUnit)
            UnitsPerImage++;
        LinesPerUnit = GemmPlan.CeilingDivide(Sizes[2], UnitsPerImage);
        UnitsPerImage = GemmPlan.CeilingDivide(Sizes[2], LinesPerUnit);
        if (Sizes[0] * UnitsPerImage < EnoughUnits && LinesPerUnit * lineFlops > 2 * SmallUnit)
            LinesPerUnit = 0;
    }

    /// <summary>Lines that lie behind each other in both operands become one.</summary>
    private void Merge()
    {
        int outer = 2;
        while (outer >= 0)
        {
            bool isLine = XStrides[outer] == Sizes[3] * XStrides[3] && YStrides[outer] == Sizes[3] * YStrides[3];
            if (Sizes[outer] != 1 && Sizes[3] != 1 && !isLine)
                return;
            if (Sizes[3] == 1)
                (XStrides[3], YStrides[3]) = (XStrides[outer], YStrides[outer]);
            Sizes[3] *= Sizes[outer];
            Sizes[outer] = 1;
            outer--;
        }
    }
}
