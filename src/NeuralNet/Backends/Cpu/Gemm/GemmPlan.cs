using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>
/// How a product is cut into units of work. It depends on the sizes alone, never on the number of threads; and no cut changes the order in
/// which an element of c is summed.
/// </summary>
/// <remarks>
/// c is a grid of tiles: strips of rows, of nearly equal height so that no ragged one is left over, and panels of two vectors of columns.
/// The sum is cut into blocks. A unit is a panel and a group of strips: its block of a stays in the second-level cache, and so it does for
/// the next unit, which has the next panel; its block of b stays in the first.
/// </remarks>
internal readonly struct GemmPlan
{
    /// <summary>Steps of the sum between two visits to c, at most.</summary>
    public const int MaximumSteps = 512;

    /// <summary>Below this a job is not worth the other threads.</summary>
    public const double SmallJob = 2.5e5;

    /// <summary>Products of a batch that are smaller than this are computed by one thread each.</summary>
    public const double SmallProduct = 2e7;

    /// <summary>Where a panel of b stays in the first-level cache beside a strip of a: better, unless c is visited too often.</summary>
    private const int FewSteps = 256;
    private const int DeepSum = 1000;
    private const int GroupBytes = 264 << 10;
    private const int MaximumGroupRows = 512;
    private const int SlabRows = 2064;
    private const double SmallUnit = 1e6;
    private const double SmallChunk = 5e5;
    private const int EnoughUnits = 16;

    public GemmPlan(nint m, nint n, nint k, int tileRows, int panelColumns, int elementBytes)
    {
        Blocks = Math.Max(1, CeilingDivide(k, k >= DeepSum && panelColumns * elementBytes > 64 ? MaximumSteps : FewSteps));
        Steps = CeilingDivide(k, Blocks);
        Strips = CeilingDivide(m, tileRows);
        (ShortHeight, TallStrips) = (m / Strips, m % Strips);
        Panels = CeilingDivide(n, panelColumns);

        nint blockRowBytes = Math.Max(1, Steps) * elementBytes;
        nint groupRows = Math.Clamp(GroupBytes / blockRowBytes, tileRows, MaximumGroupRows);
        nint strips = Balance(Strips, groupRows / tileRows);
        double tileFlops = 2.0 * tileRows * panelColumns * k;
        while (strips > 1 && CeilingDivide(Strips, strips) * Panels < EnoughUnits && strips * tileFlops >= 2 * SmallUnit)
            strips = (strips + 1) / 2;
        StripsPerGroup = strips;
        Groups = CeilingDivide(Strips, strips);
        UnitsPerChunk = Math.Max(1, (nint)(SmallChunk / Math.Max(1, strips * tileFlops)));
        GroupsPerSlab = Math.Max(1, SlabRows / (strips * tileRows));
        BlocksPerSlab = Groups > 1 ? 1 : Math.Clamp(GroupBytes / Math.Max(1, m * blockRowBytes), 1, Blocks);
    }

    /// <summary>The number of blocks of the sum; one even where it is empty, since c is written with the last.</summary>
    public nint Blocks { get; }

    /// <summary>Steps of a block, but for the last, which may have fewer.</summary>
    public nint Steps { get; }

    /// <summary>The number of strips of rows.</summary>
    public nint Strips { get; }

    public nint ShortHeight { get; }

    /// <summary>How many strips, the first ones, have a row more than the others.</summary>
    public nint TallStrips { get; }

    /// <summary>The number of panels of columns.</summary>
    public nint Panels { get; }

    public nint StripsPerGroup { get; }

    public nint Groups { get; }

    /// <summary>Small units are given to a thread by the bunch.</summary>
    public nint UnitsPerChunk { get; }

    /// <summary>Groups whose rows of a are copied at a time.</summary>
    public nint GroupsPerSlab { get; }

    /// <summary>Blocks of the sum for which they are copied at a time.</summary>
    public nint BlocksPerSlab { get; }

    /// <summary>The first row of a strip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint RowOf(nint strip) => strip * ShortHeight + Math.Min(strip, TallStrips);

    /// <summary>The first row of a group.</summary>
    public nint RowOfGroup(nint group) => RowOf(Math.Min(group * StripsPerGroup, Strips));

    public static nint CeilingDivide(nint value, nint divisor) => (value + divisor - 1) / divisor;

    /// <summary>The smallest size of a group for which there are no more groups than for the largest size.</summary>
    private static nint Balance(nint count, nint largest) => CeilingDivide(count, CeilingDivide(count, largest));
}
