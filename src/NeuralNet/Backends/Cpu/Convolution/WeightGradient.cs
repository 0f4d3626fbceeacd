using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NeuralNet.Backends.Cpu.Gemm;
using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>Weight gradients of convolutions.</summary>
internal static unsafe class WeightGradient<T, TVector>
    where T : unmanaged, System.Numerics.INumber<T>
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>Columns of the result that are written at a time.</summary>
    private const nint ColumnsPerChunk = 8;

    private static int PanelColumns => 2 * TVector.Count;

    public static void Run(CpuBackend backend, WorkerPool workers, View<T> dy, View<T> x, ConvolutionGeometry geometry, View<T> dw)
    {
        int rank = geometry.Rank;
        Span<long> sizes = stackalloc long[rank];
        Span<long> none = stackalloc long[rank];
        none.Clear();
        for (int axis = 0; axis < rank; axis++)
            sizes[axis] = (dy.Layout.Sizes[axis + 2] - 1) * geometry.Stride[axis] + geometry.Extent(axis, dw.Layout.Sizes[axis + 2]);
        using ChannelsLast<T> images = new(backend, x, geometry.Padding, sizes);
        nint columns = (nint)(dw.Layout.Sizes[0] / geometry.Groups);
        // A panel that is not whole is read as if it were.
        bool isDepthwise = geometry.Groups > 1 && dw.Layout.Sizes[1] == 1 && columns == 1;
        long slack = isDepthwise || columns % TVector.Count == 0 ? 0 : PanelColumns;
        using ChannelsLast<T> gradients = new(backend, dy, none, dy.Layout.Sizes[2..], slack);
        Extent pixels = Extent.StridesOf(images.View.Layout);
        Extent kernel = Extent.SizesOf(dw.Layout);
        Extent dilation = Extent.OfSpatial(geometry.Dilation, missing: 1);
        using Scratch<long> lists = new(backend, Layout.Contiguous([2 * (kernel[1] + kernel[2] + kernel[3])]));
        Span<long> list = MemoryMarshal.CreateSpan(ref lists.View.Reference(), checked((int)lists.View.Layout.Length));
        AxisTaps depth = AxisTaps.Take(ref list, kernel[1], dilation[1]);
        AxisTaps height = AxisTaps.Take(ref list, kernel[2], dilation[2]);
        AxisTaps width = AxisTaps.Take(ref list, kernel[3], dilation[3]);
        using WindowTables<T> tables = new(
            backend, depth, height, width, (nint)dw.Layout.Sizes[1], pixels, Extent.StridesOf(dw.Layout), dw.Layout.Strides[1], isDepthwise);
        Extent stride = Extent.OfSpatial(geometry.Stride, missing: 1);
        Extent positions = Extent.SizesOf(dy.Layout);
        Extent dyStrides = Extent.StridesOf(gradients.View.Layout);
        if (isDepthwise)
        {
            RunDepthwise(backend, workers, gradients.View, images.View, stride, tables, dw);
            return;
        }
        WeightGradientJob<T> job = new()
        {
            LineCount = positions[0] * positions[1] * positions[2],
            Pixels = positions[3],
            XStep = stride[3] * pixels[3],
            DyStep = dyStrides[3],
            SegmentCount = tables.SegmentCount,
            Steps = tables.Steps,
            Groups = (nint)geometry.Groups,
            XGroup = (nint)dw.Layout.Sizes[1],
            Columns = columns,
        };
        job.Plan(PanelColumns);
        using Scratch<long> lines = new(backend, Layout.Contiguous([3 * job.LineCount]));
        using Scratch<T> sums = new(backend, Layout.Contiguous([job.Parts * job.PartLength]));
        fixed (T* px = &images.View.Reference(), pdy = &gradients.View.Reference(), psums = &sums.View.Reference(), pdw = &dw.Reference())
        fixed (long* pLines = &lines.View.Reference(), pSegments = tables.Segments, pSteps = tables.StepPositions)
        {
            job.X = px;
            job.Dy = pdy;
            job.Sums = psums;
            job.Segments = (nint*)pSegments;
            job.Lines = (nint*)pLines;
            job.Starts = (nint*)pLines + 2 * job.LineCount;
            for (int axis = 0; axis < Extent.Count; axis++)
                pixels[axis] *= stride[axis];
            List(ref job, positions, pixels, dyStrides);
            workers.Run(&RunUnit, &job, checked((int)job.Units));
            Result result = new() { Job = &job, Steps = pSteps, Dw = pdw, Column = (nint)dw.Layout.Strides[0] };
            result.ChunksPerGroup = GemmPlan.CeilingDivide(columns, ColumnsPerChunk);
            workers.Run(&Write, &result, checked((int)(job.Groups * result.ChunksPerGroup)));
        }
    }

    private static void RunDepthwise(
        CpuBackend backend, WorkerPool workers, View<T> dy, View<T> x, in Extent stride, in WindowTables<T> tables, View<T> dw)
    {
        DepthwiseJob<T> job = new()
        {
            Sizes = Extent.SizesOf(dy.Layout),
            XStrides = Extent.StridesOf(x.Layout),
            YStrides = Extent.StridesOf(dy.Layout),
            Taps = tables.SegmentCount,
            Channels = (nint)dw.Layout.Sizes[0],
        };
        for (int axis = 0; axis < Extent.Count; axis++)
            job.XStrides[axis] *= stride[axis];
        int parts = Depthwise<T, TVector>.PlanParts(ref job);
        using Scratch<T> sums = new(backend, Layout.Contiguous([parts * job.Taps * job.Channels]));
        fixed (T* px = &x.Reference(), pdy = &dy.Reference(), psums = &sums.View.Reference(), pdw = &dw.Reference())
        fixed (long* pSegments = tables.Segments, pSteps = tables.StepPositions)
        {
            job.X = px;
            job.Y = pdy;
            job.Weights = psums;
            job.Segments = (nint*)pSegments;
            Depthwise<T, TVector>.RunWeightGradient(ref job, parts, workers);
            WeightGradientJob<T> parted = new()
            {
                Sums = psums,
                Parts = parts,
                Groups = 1,
                SegmentCount = job.Taps,
                Steps = 1,
                Columns = job.Channels,
            };
            Result result = new() { Job = &parted, Steps = pSteps, Dw = pdw, Column = (nint)dw.Layout.Strides[0] };
            result.ChunksPerGroup = GemmPlan.CeilingDivide(job.Channels, ColumnsPerChunk);
            for (int chunk = 0; chunk < result.ChunksPerGroup; chunk++)
                Write(&result, chunk);
        }
    }

    /// <summary>Lists where the lines of dy and their windows start.</summary>
    private static void List(ref WeightGradientJob<T> job, in Extent positions, in Extent x, in Extent dy)
    {
        nint line = 0;
        nint end = 0;
        for (nint n = 0; n < positions[0]; n++)
        {
            for (nint d = 0; d < positions[1]; d++)
            {
                for (nint h = 0; h < positions[2]; h++, line++)
                {
                    nint start = (n * dy[0] + d * dy[1] + h * dy[2]) * sizeof(T);
                    job.Lines[2 * line] = (n * x[0] + d * x[1] + h * x[2]) * sizeof(T);
                    job.Lines[2 * line + 1] = start - end;
                    job.Starts[line] = start;
                    end = start + job.Pixels * job.DyStep * sizeof(T);
                }
            }
        }
    }

    private static void RunUnit(void* context, int unit)
    {
        ref readonly WeightGradientJob<T> job = ref *(WeightGradientJob<T>*)context;
        (nint part, nint rest) = Math.DivRem(unit, job.Groups * job.SegmentCount * job.Panels);
        (nint group, rest) = Math.DivRem(rest, job.SegmentCount * job.Panels);
        (nint segment, nint panel) = Math.DivRem(rest, job.Panels);
        nint firstColumn = panel * PanelColumns;
        int columns = (int)Math.Min(PanelColumns, job.Columns - firstColumn);
        bool isWide = columns > TVector.Count;
        int width = isWide ? PanelColumns : TVector.Count;
        int most = MicroKernels<T, TVector>.MaximumRows;
        nint strips = GemmPlan.CeilingDivide(job.Steps, most);
        (nint shortHeight, nint tall) = strips == 0 ? (0, 0) : Math.DivRem(job.Steps, strips);
        T* x = job.X + group * job.XGroup + job.Segments[2 * segment] / sizeof(T);
        T* dy = job.Dy + group * job.Columns + firstColumn;
        T* sums = job.Sums + part * job.PartLength + (group * job.SumLength + segment * job.Steps) * job.Columns + firstColumn;
        Tile<T> tile = new()
        {
            ARowStride = sizeof(T),
            AStepStride = job.XStep * sizeof(T),
            BStepStride = job.DyStep * sizeof(T),
            CRowStride = job.Columns,
            Columns = columns,
            Scratch = (T*)ThreadMemory.Current.Tile,
            Steps = job.Pixels,
        };
        nint first = part * job.LinesPerPart;
        nint end = Math.Min(first + job.LinesPerPart, job.LineCount);
        for (nint line = first; line < end; line += job.LinesPerBlock)
        {
            tile.Segments = job.Lines + 2 * line;
            tile.SegmentCount = Math.Min(job.LinesPerBlock, end - line);
            tile.B = (T*)((byte*)dy + job.Starts[line] - job.Lines[2 * line + 1]);
            tile.Accumulate = line > first;
            tile.A = x;
            tile.C = sums;
            for (nint strip = 0; strip < strips; strip++)
            {
                int height = (int)(strip < tall ? shortHeight + 1 : shortHeight);
                MicroKernels<T, TVector>.Run(MicroKernels<T, TVector>.NumberOfSegmented(height, isWide), ref tile);
                if (columns != width)
                    PartialTile<T, TVector>.Write(in tile, height, width);
                tile.A += height;
                tile.C += height * job.Columns;
            }
        }
    }

    /// <summary>Adds the parts, in order, and writes the weights of some columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Write(void* context, int chunk)
    {
        ref readonly Result result = ref *(Result*)context;
        ref readonly WeightGradientJob<T> job = ref *result.Job;
        (nint group, nint block) = Math.DivRem(chunk, result.ChunksPerGroup);
        nint first = block * ColumnsPerChunk;
        nint end = Math.Min(first + ColumnsPerChunk, job.Columns);
        T* dw = result.Dw + group * job.Columns * result.Column;
        for (nint step = 0; step < job.SumLength; step++)
        {
            T* sums = job.Sums + (group * job.SumLength + step) * job.Columns;
            T* to = dw + result.Steps[step];
            for (nint column = first; column < end; column++)
            {
                T sum = sums[column];
                for (nint part = 1; part < job.Parts; part++)
                    sum += sums[part * job.PartLength + column];
                to[column * result.Column] = sum;
            }
        }
    }

    private struct Result
    {
        public WeightGradientJob<T>* Job;
        public long* Steps;
        public T* Dw;
        public nint Column;
        public nint ChunksPerGroup;
    }
}
