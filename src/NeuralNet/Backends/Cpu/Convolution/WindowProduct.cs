using NeuralNet.Backends.Cpu.Gemm;
using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// Runs sums over windows as products of matrices of which nothing is copied: the pixels of a line are rows at a fixed distance, and the
/// micro-kernel goes from one segment of their windows to the next with all sums in registers.
/// </summary>
internal static unsafe class WindowProduct<T, TVector>
    where T : unmanaged
    where TVector : struct, ISimd<TVector, T>
{
    private static int PanelColumns => 2 * TVector.Count;

    /// <summary>Computes the sums, on the pool's threads if there are many.</summary>
    public static void Run(ref WindowJob<T> job, WorkerPool workers)
    {
        job.Plan(job.Columns > TVector.Count ? MicroKernels<T, TVector>.MaximumRows : MicroKernels<T, TVector>.MaximumNarrowRows, PanelColumns);
        int chunks = checked((int)GemmPlan.CeilingDivide(job.Units, job.UnitsPerChunk));
        fixed (WindowJob<T>* pinned = &job)
        {
            if (job.Flops >= GemmPlan.SmallJob)
            {
                workers.Run(&RunChunk, pinned, chunks);
                return;
            }
            for (int chunk = 0; chunk < chunks; chunk++)
                RunChunk(pinned, chunk);
        }
    }

    private static void RunChunk(void* context, int chunk)
    {
        ref readonly WindowJob<T> job = ref *(WindowJob<T>*)context;
        nint end = Math.Min((chunk + 1) * job.UnitsPerChunk, job.Units);
        for (nint unit = chunk * job.UnitsPerChunk; unit < end; unit++)
        {
            if (job.Copies)
            {
                RunCopied(in job, unit);
                continue;
            }
            (nint group, nint part) = Math.DivRem(unit, job.UnitsPerGroup);
            (nint strips, nint panel) = Math.DivRem(part, job.Panels);
            nint strip = strips * job.StripsPerUnit;
            RunStrips(in job, job.X, group, panel, strip, Math.Min(strip + job.StripsPerUnit, job.Strips));
        }
    }

    /// <summary>Copies the lines that a unit reads, and runs all panels on them.</summary>
    private static void RunCopied(in WindowJob<T> job, nint unit)
    {
        (nint image, nint part) = Math.DivRem(unit, job.UnitsPerImage);
        nint row = part * job.LinesPerUnit;
        nint rows = Math.Min(job.LinesPerUnit, job.Sizes[2] - row);
        nint read = (rows - 1) * job.LineStep + job.WindowLines;
        nint first = image * job.Copy.Sizes[2] + row * job.LineStep;
        T* lines = (T*)ThreadMemory.Current.Slab(read * job.Copy.LineLength * sizeof(T));
        job.Copy.CopyLines(first, first + read, lines);
        nint strip = (image * job.Sizes[2] + row) * job.StripsPerLine;
        for (nint group = 0; group < job.Groups; group++)
        {
            for (nint panel = 0; panel < job.Panels; panel++)
                RunStrips(in job, lines - first * job.Copy.LineLength, group, panel, strip, strip + rows * job.StripsPerLine);
        }
    }

    /// <summary>Runs a panel on some strips.</summary>
    /// <param name="job">The operands.</param>
    /// <param name="images">Where the first line of the first image lies, or would lie.</param>
    /// <param name="group">The group of channels.</param>
    /// <param name="panel">The number of the panel.</param>
    /// <param name="strip">The first strip.</param>
    /// <param name="end">The one behind the last.</param>
    private static void RunStrips(in WindowJob<T> job, T* images, nint group, nint panel, nint strip, nint end)
    {
        nint firstColumn = panel * PanelColumns;
        int columns = (int)Math.Min(PanelColumns, job.Columns - firstColumn);
        bool isWide = columns > TVector.Count;
        int width = isWide ? PanelColumns : TVector.Count;
        nint column = group * job.Columns + firstColumn;
        nint sumLength = job.SegmentCount * job.Steps;
        Tile<T> tile = new()
        {
            ARowStride = job.XStrides[3] * sizeof(T),
            AStepStride = sizeof(T),
            B = job.Weights + (group * PackedWeights.ColumnsOf<TVector, T>(job.Columns) + firstColumn) * sumLength,
            BStepStride = width * sizeof(T),
            CRowStride = job.YStrides[3],
            Columns = columns,
            Scratch = (T*)ThreadMemory.Current.Tile,
            Bias = job.Bias == null ? null : job.Bias + column,
            Steps = job.Steps,
            Segments = job.Segments,
            SegmentCount = job.SegmentCount,
            Relu = job.Relu,
        };
        T* x = images + group * job.XGroup;
        T* y = job.Y + column;
        (nint line, nint inLine) = Math.DivRem(strip, job.StripsPerLine);
        (nint shortHeight, nint tall) = Math.DivRem(job.Sizes[3], job.StripsPerLine);
        while (strip < end)
        {
            (nint image, nint inImage) = Math.DivRem(line, job.Sizes[1] * job.Sizes[2]);
            (nint plane, nint row) = Math.DivRem(inImage, job.Sizes[2]);
            nint pixel = inLine * shortHeight + Math.Min(inLine, tall);
            tile.A = x + image * job.XStrides[0] + plane * job.XStrides[1] + row * job.XStrides[2] + pixel * job.XStrides[3];
            tile.C = y + image * job.YStrides[0] + plane * job.YStrides[1] + row * job.YStrides[2] + pixel * job.YStrides[3];
            for (; inLine < job.StripsPerLine && strip < end; inLine++, strip++)
            {
                int height = (int)(inLine < tall ? shortHeight + 1 : shortHeight);
                MicroKernels<T, TVector>.Run(MicroKernels<T, TVector>.NumberOfSegmented(height, isWide), ref tile);
                if (columns != width)
                    PartialTile<T, TVector>.Write(in tile, height, width);
                tile.A += height * job.XStrides[3];
                tile.C += height * job.YStrides[3];
            }
            inLine = 0;
            line++;
        }
    }
}
