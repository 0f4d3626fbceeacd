namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>A rectangle of tiles of c, with the whole sum: what one thread computes in one go.</summary>
internal unsafe ref struct GemmUnit<T, TVector>
    where T : unmanaged
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>A panel of b that lies in few cache lines is read where it is.</summary>
    private const int SmallPanelBytes = 16 << 10;

    private readonly ref readonly MatMulProblem<T> _problem;
    private readonly ref readonly GemmPlan _plan;
    private readonly ThreadMemory _memory = ThreadMemory.Current;
    private readonly T* _a;
    private readonly T* _b;
    private readonly T* _c;
    private readonly nint _firstStrip;
    private readonly nint _endStrip;
    private readonly nint _firstPanel;
    private readonly nint _endPanel;

    public GemmUnit(
        ref readonly MatMulProblem<T> problem, ref readonly GemmPlan plan, T* a, T* b, T* c,
        nint firstStrip, nint endStrip, nint firstPanel, nint endPanel)
    {
        _problem = ref problem;
        _plan = ref plan;
        _a = a;
        _b = b;
        _c = c;
        (_firstStrip, _endStrip) = (firstStrip, endStrip);
        (_firstPanel, _endPanel) = (firstPanel, endPanel);
    }

    private static int PanelColumns => 2 * TVector.Count;

    public readonly void Run()
    {
        nint k = _problem.K;
        nint blocks = GemmPlan.BlocksOf(k);
        nint steps = GemmPlan.CeilingDivide(k, blocks);
        for (nint block = 0; block < blocks; block++)
        {
            nint first = block * steps;
            RunBlock(first, Math.Min(steps, k - first), isFirst: block == 0, isLast: block == blocks - 1);
        }
    }

    /// <summary>Adds a block of the sum to the tiles, or with the first block sets them.</summary>
    private readonly void RunBlock(nint firstStep, nint steps, bool isFirst, bool isLast)
    {
        nint firstRow = _plan.RowOf(_firstStrip);
        nint rows = _plan.RowOf(_endStrip) - firstRow;
        T* a = _a + firstRow * _problem.ARow + firstStep * _problem.AStep;
        (nint aRow, nint aStep) = (_problem.ARow, _problem.AStep);
        if (Packing.IsBlockWorthCopying<T>(aRow, aStep, rows, _endPanel - _firstPanel))
            a = Packing.CopyBlock<T, TVector>(a, ref aRow, ref aStep, rows, steps, (T*)_memory.Block);

        Tile<T> tile = new()
        {
            ARowStride = aRow * sizeof(T),
            AStepStride = aStep * sizeof(T),
            Steps = steps,
            Accumulate = !isFirst || _problem.Accumulate,
        };
        for (nint panel = _firstPanel; panel < _endPanel; panel++)
        {
            nint column = panel * PanelColumns;
            int width = (int)Math.Min(PanelColumns, _problem.N - column);
            TakePanel(ref tile, firstStep, column, width);
            RunPanel(ref tile, a, aRow, column, width, isLast);
        }
    }

    /// <summary>Points the tile at a panel of b: where it is if it is whole and lies well, otherwise at a packed copy.</summary>
    private readonly void TakePanel(ref Tile<T> tile, nint firstStep, nint column, int width)
    {
        T* b = _b + firstStep * _problem.BStep + column * _problem.BColumn;
        int packedWidth = width > TVector.Count ? PanelColumns : TVector.Count;
        bool isInPlace = width == packedWidth && _problem.BColumn == 1
            && (_endStrip - _firstStrip == 1 || tile.Steps * _problem.BStep * sizeof(T) <= SmallPanelBytes);
        nint step = _problem.BStep;
        if (!isInPlace)
        {
            T* packed = (T*)_memory.Panel;
            Packing.PackPanel<T, TVector>(b, _problem.BStep, _problem.BColumn, tile.Steps, width, packedWidth, packed);
            b = packed;
            step = packedWidth;
        }
        tile.B = b;
        tile.BStepStride = step * sizeof(T);
    }

    private readonly void RunPanel(ref Tile<T> tile, T* a, nint aRow, nint column, int width, bool isLast)
    {
        nint firstRow = _plan.RowOf(_firstStrip);
        nint row = firstRow;
        bool isWide = width > TVector.Count;
        bool isWhole = width == (isWide ? PanelColumns : TVector.Count);
        bool accumulate = tile.Accumulate;
        bool hasEpilogue = isLast && _problem.HasEpilogue;
        for (nint strip = _firstStrip; strip < _endStrip; strip++)
        {
            nint next = _plan.RowOf(strip + 1);
            int height = (int)(next - row);
            T* c = _c + row * _problem.CRow + column;
            tile.A = a + (row - firstRow) * aRow;
            tile.C = isWhole ? c : (T*)_memory.Tile;
            tile.CRowStride = isWhole ? _problem.CRow : PanelColumns;
            tile.Accumulate = isWhole && accumulate;
            if (isWide)
                MicroKernels<T, TVector>.Run<N2>(height, in tile);
            else
                MicroKernels<T, TVector>.Run<N1>(height, in tile);
            if (!isWhole)
                Epilogue.Merge<T, TVector>(tile.C, PanelColumns, c, _problem.CRow, height, width, accumulate);
            if (hasEpilogue)
                Epilogue.Apply<T, TVector>(in _problem, c, column, height, width);
            row = next;
        }
        tile.Accumulate = accumulate;
    }
}
