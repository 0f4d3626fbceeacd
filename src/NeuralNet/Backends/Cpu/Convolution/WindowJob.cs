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

    public nint StripsPerLine;
    public nint Strips;
    public nint StripsPerUnit;
    public nint UnitsPerGroup;
    public nint Panels;
    public nint UnitsPerChunk;

    public readonly nint Units => Groups * UnitsPerGroup;

    /// <summary>The operations of the whole job.</summary>
    public readonly double Flops => 2.0 * Sizes.Product * Groups * Columns * SegmentCount * Steps;

    /// <summary>Cuts the job into units: a panel of columns for some strips of neighbouring windows. By sizes alone.</summary>
    public void Plan(int tileRows, int panelColumns)
    {
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
