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

    /// <summary>Lines of the slab end in some unused elements, which a strip's last vector may overwrite.</summary>
    private const int LineElements = 16;

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

    /// <summary>Whether a is copied: since its rows are not contiguous, or lie badly for the caches and are read more than once.</summary>
    public bool Copies { get; private set; }

    /// <summary>Whether a strip is a copy of columns, one after the other, as those of a are contiguous; otherwise it has rows.</summary>
    public readonly bool IsOfColumns => Copies && Problem->ARow == 1;

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
        _slabLine = GemmPlan.CeilingDivide(Plan.Steps, LineElements) * LineElements + LineElements;
        _slab = (T*)ThreadMemory.Current.Slab(Plan.BlocksPerSlab * _slabRows * _slabLine * sizeof(T));
    }

    /// <summary>The steps of a block.</summary>
    public readonly nint StepsOf(nint block) => Math.Min(Plan.Steps, Problem->K - block * Plan.Steps);

    /// <summary>Where a strip of a lies in a block of the sum, and the distance of its rows if it has rows, in elements.</summary>
    public readonly T* Strip(nint block, nint strip, out nint rowStride)
    {
        nint row = Plan.RowOf(strip);
        rowStride = Copies ? _slabLine : Problem->ARow;
        return Copies
            ? _slab + ((block - FirstBlock) * _slabRows + row - Plan.RowOfGroup(FirstGroup)) * _slabLine
            : A + row * rowStride + block * Plan.Steps;
    }
}
