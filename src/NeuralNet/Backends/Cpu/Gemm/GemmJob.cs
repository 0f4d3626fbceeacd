namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>
/// The part of a product that is under way: where its operands lie, and the slab of a, the groups of rows and the blocks of the sum that
/// are copied, if at all, and multiplied at a time. It lives on the caller's stack while workers read it.
/// </summary>
internal unsafe struct GemmJob<T>
    where T : unmanaged
{
    /// <summary>Strips that are copied in one go.</summary>
    public const int StripsPerCopy = 8;

    /// <summary>A strip's last vector may overwrite what lies behind the strip.</summary>
    private const int UnusedElements = 16;

    /// <summary>Rows at a multiple of this distance compete for the same places of the first-level cache.</summary>
    private const int CollidingDistance = 2048;

    public MatMulProblem<T>* Problem;
    public GemmPlan Plan;
    public long ProductsPerChunk;
    public T* A;
    public T* B;
    public T* C;
    public nint FirstBlock;
    public nint EndBlock;
    public nint FirstGroup;
    public nint EndGroup;
    private T* _slab;
    private nint _slabRows;
    private nint _slabLine;

    /// <summary>
    /// Whether a is copied, since its rows are not contiguous, or lie badly for the caches and are read more than once. Then a strip has
    /// its columns one after the other: one stream to fetch ahead instead of one for each row.
    /// </summary>
    public bool Copies { get; private set; }

    public readonly nint FirstStrip => FirstGroup * Plan.StripsPerGroup;

    public readonly nint EndStrip => Math.Min(EndGroup * Plan.StripsPerGroup, Plan.Strips);

    /// <summary>The number of copying chunks of a block.</summary>
    public readonly nint CopiesPerBlock => GemmPlan.CeilingDivide(EndStrip - FirstStrip, StripsPerCopy);

    /// <summary>Decides whether a is copied, and takes the memory for that from the calling thread.</summary>
    public void TakeSlab()
    {
        ref readonly MatMulProblem<T> problem = ref *Problem;
        bool collides = problem.ARow * sizeof(T) % CollidingDistance == 0 && Plan.Strips > 1 && Plan.Panels > 1;
        Copies = problem.AStep != 1 || collides;
        if (!Copies)
            return;
        _slabRows = Plan.RowOfGroup(Math.Min(Plan.GroupsPerSlab, Plan.Groups));
        _slabLine = Plan.Steps + UnusedElements;
        _slab = (T*)ThreadMemory.Current.Slab(Plan.BlocksPerSlab * _slabRows * _slabLine * sizeof(T));
    }

    /// <summary>The steps of a block.</summary>
    public readonly nint StepsOf(nint block) => Math.Min(Plan.Steps, Problem->K - block * Plan.Steps);

    /// <summary>Where a strip of a lies in a block of the sum.</summary>
    public readonly T* Strip(nint block, nint strip)
    {
        nint row = Plan.RowOf(strip);
        return Copies
            ? _slab + ((block - FirstBlock) * _slabRows + row - Plan.RowOfGroup(FirstGroup)) * _slabLine
            : A + row * Problem->ARow + block * Plan.Steps;
    }
}
