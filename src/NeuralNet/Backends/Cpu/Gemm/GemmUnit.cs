namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>A group of strips of one panel of c: what one thread computes in one go, for the blocks of the sum that are under way.</summary>
internal readonly unsafe ref struct GemmUnit<T, TVector>
    where T : unmanaged
    where TVector : struct, ISimd<TVector, T>
{
    private readonly ref readonly GemmJob<T> _job;
    private readonly ThreadMemory _memory = ThreadMemory.Current;
    private readonly nint _firstStrip;
    private readonly nint _endStrip;
    private readonly nint _column;
    private readonly int _columns;

    public GemmUnit(ref readonly GemmJob<T> job, nint group, nint panel)
    {
        _job = ref job;
        _firstStrip = group * job.Plan.StripsPerGroup;
        _endStrip = Math.Min(_firstStrip + job.Plan.StripsPerGroup, job.Plan.Strips);
        _column = panel * (2 * TVector.Count);
        _columns = (int)Math.Min(2 * TVector.Count, job.Problem->N - _column);
    }

    private bool IsWide => _columns > TVector.Count;

    private int PanelColumns => IsWide ? 2 * TVector.Count : TVector.Count;

    public void Run()
    {
        ref readonly MatMulProblem<T> problem = ref *_job.Problem;
        Tile<T> tile = new()
        {
            ARowStride = problem.ARow * sizeof(T),
            CRowStride = problem.CRow,
            Columns = _columns,
            Scratch = (T*)_memory.Tile,
        };
        for (nint block = _job.FirstBlock; block < _job.EndBlock; block++)
        {
            tile.Steps = _job.StepsOf(block);
            tile.Accumulate = block > 0 || problem.Accumulate;
            if (block == _job.Plan.Blocks - 1)
            {
                tile.Bias = TakeBias(in problem);
                tile.Relu = problem.Relu;
            }
            bool copies = TakePanel(in problem, block, ref tile);
            RunBlock(block, copies, ref tile);
        }
    }

    /// <summary>Adds a block of the sum to the tiles, or with the first block sets them.</summary>
    private void RunBlock(nint block, bool copies, ref Tile<T> tile)
    {
        bool isWide = IsWide;
        bool isOfColumns = _job.Copies;
        bool isWhole = _columns == PanelColumns;
        nint row = _job.Plan.RowOf(_firstStrip);
        tile.C = _job.C + row * tile.CRowStride + _column;
        for (nint strip = _firstStrip; strip < _endStrip; strip++)
        {
            int height = (int)(_job.Plan.RowOf(strip + 1) - row);
            tile.A = _job.Strip(block, strip);
            MicroKernels<T, TVector>.Run(MicroKernels<T, TVector>.NumberOf(height, isWide, isOfColumns, copies), ref tile);
            if (!isWhole)
                PartialTile<T, TVector>.Write(in tile, height, PanelColumns);
            tile.B = tile.BCopy;
            copies = false;
            tile.C += height * tile.CRowStride;
            row += height;
        }
    }

    /// <summary>
    /// Points the tile at its panel of b. Returns whether that is read where it lies, by a first kernel that makes a copy for those that
    /// follow; a panel that is not whole, or whose rows are not contiguous, is copied here.
    /// </summary>
    private bool TakePanel(ref readonly MatMulProblem<T> problem, nint block, ref Tile<T> tile)
    {
        T* b = _job.B + block * _job.Plan.Steps * problem.BStep + _column * problem.BColumn;
        tile.BCopy = (T*)_memory.Panel;
        if (_columns == 2 * TVector.Count && problem.BColumn == 1)
        {
            tile.B = b;
            tile.BStepStride = problem.BStep * sizeof(T);
            return true;
        }
        Packing.PackPanel<T, TVector>(b, problem.BStep, problem.BColumn, tile.Steps, _columns, PanelColumns, tile.BCopy);
        tile.B = tile.BCopy;
        return false;
    }

    /// <summary>The panel's part of the bias, or null without one.</summary>
    private T* TakeBias(ref readonly MatMulProblem<T> problem)
    {
        T* bias = problem.Bias;
        if (bias == null)
            return null;
        bias += _column * problem.BiasColumn;
        if (problem.BiasColumn == 1)
            return bias;
        T* copy = (T*)_memory.Bias;
        for (int i = 0; i < _columns; i++)
            copy[i] = bias[i * problem.BiasColumn];
        return copy;
    }
}
