using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Gemm;
using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>Weight gradients of convolutions.</summary>
internal static unsafe class WeightGradient<T, TVector>
    where T : unmanaged, System.Numerics.INumber<T>
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>Lines of the sums that are turned at a time, so that they stay in the nearest cache.</summary>
    private const nint LinesAtOnce = 144;

    private static int PanelColumns => 2 * TVector.Count;

    public static void Run(CpuBackend backend, WorkerPool workers, View<T> dy, View<T> x, ConvolutionGeometry geometry, View<T> dw)
    {
        if (DepthwiseConvolution<T, TVector>.Fits(dw.Layout, geometry))
        {
            DepthwiseConvolution<T, TVector>.RunWeightGradient(backend, workers, dy, x, geometry, dw);
            return;
        }
        int rank = geometry.Rank;
        Span<long> sizes = stackalloc long[rank];
        Span<long> none = stackalloc long[rank];
        none.Clear();
        for (int axis = 0; axis < rank; axis++)
            sizes[axis] = (dy.Layout.Sizes[axis + 2] - 1) * geometry.Stride[axis] + geometry.Extent(axis, dw.Layout.Sizes[axis + 2]);
        using ChannelsLast<T> images = new(backend, x, geometry.Padding, sizes);
        nint columns = (nint)(dw.Layout.Sizes[0] / geometry.Groups);
        using ChannelsLast<T> gradients = new(backend, dy, none, dy.Layout.Sizes[2..]);
        Extent pixels = Extent.StridesOf(images.View.Layout);
        Extent kernel = Extent.SizesOf(dw.Layout);
        Extent dilation = Extent.OfSpatial(geometry.Dilation, missing: 1);
        using Scratch<long> lists = new(backend, 2 * (kernel[1] + kernel[2] + kernel[3]));
        Span<long> list = lists.Elements();
        AxisTaps depth = AxisTaps.Take(ref list, kernel[1], dilation[1]);
        AxisTaps height = AxisTaps.Take(ref list, kernel[2], dilation[2]);
        AxisTaps width = AxisTaps.Take(ref list, kernel[3], dilation[3]);
        using WindowTables<T> tables = new(
            backend, depth, height, width, (nint)dw.Layout.Sizes[1], pixels, Extent.StridesOf(dw.Layout), dw.Layout.Strides[1]);
        Extent stride = Extent.OfSpatial(geometry.Stride, missing: 1);
        Extent positions = Extent.SizesOf(dy.Layout);
        Extent dyStrides = Extent.StridesOf(gradients.View.Layout);
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
        using Scratch<long> lines = new(backend, 3 * job.LineCount);
        using Scratch<T> sums = new(backend, job.Parts * job.PartLength);
        fixed (T* px = &images.View.Reference(), pdy = &gradients.View.Reference(), psums = &sums.Reference(), pdw = &dw.Reference())
        fixed (long* pLines = &lines.Reference(), pSegments = tables.Segments, pSteps = tables.StepPositions)
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
            Result result = new() { Job = &job, Steps = pSteps, Dw = pdw, Column = (nint)dw.Layout.Strides[0], Taps = tables.Taps };
            result.ChunksPerGroup = GemmPlan.CeilingDivide(columns, PanelColumns);
            workers.Run(&Write, &result, checked((int)(job.Groups * result.ChunksPerGroup)));
        }
    }

    /// <summary>Lists where the lines of dy and their windows start.</summary>
    private static void List(ref WeightGradientJob<T> job, in Extent positions, in Extent x, in Extent dy)
    {
        nint line = 0;
        for (nint n = 0; n < positions[0]; n++)
        {
            for (nint d = 0; d < positions[1]; d++)
            {
                for (nint h = 0; h < positions[2]; h++, line++)
                {
                    job.Lines[2 * line] = (n * x[0] + d * x[1] + h * x[2]) * sizeof(T);
                    // The panel of dy is packed without gaps.
                    job.Lines[2 * line + 1] = 0;
                    job.Starts[line] = (n * dy[0] + d * dy[1] + h * dy[2]) * sizeof(T);
                }
            }
        }
    }

    private static void RunUnit(void* context, int unit)
    {
        ref readonly WeightGradientJob<T> job = ref *(WeightGradientJob<T>*)context;
        (nint part, nint rest) = Math.DivRem(unit, job.Groups * job.SegmentCount * job.PanelGroups);
        (nint group, rest) = Math.DivRem(rest, job.SegmentCount * job.PanelGroups);
        (nint segment, nint panels) = Math.DivRem(rest, job.PanelGroups);
        T* x = job.X + group * job.XGroup + job.Segments[2 * segment] / sizeof(T);
        T* dy = job.Dy + group * job.Columns;
        T* sums = job.Sums + part * job.PartLength + (group * job.SumLength + segment * job.Steps) * job.Columns;
        Tile<T> tile = new()
        {
            ARowStride = sizeof(T),
            AStepStride = job.XStep * sizeof(T),
            B = (T*)ThreadMemory.Current.Slab(Math.Max(1, job.LinesPerBlock * job.PixelsPerPiece * PanelColumns * sizeof(T))),
            CRowStride = job.Columns,
            Scratch = (T*)ThreadMemory.Current.Tile,
        };
        nint first = part * job.LinesPerPart;
        nint end = Math.Min(first + job.LinesPerPart, job.LineCount);
        nint endPanel = Math.Min((panels + 1) * job.PanelsPerUnit, job.Panels);
        // Block by block, so that a block of x stays in the cache for all panels.
        for (nint line = first; line < end; line += job.LinesPerBlock)
        {
            tile.Segments = job.Lines + 2 * line;
            tile.SegmentCount = Math.Min(job.LinesPerBlock, end - line);
            for (nint pixel = 0; pixel < job.Pixels; pixel += job.PixelsPerPiece)
            {
                tile.Steps = Math.Min(job.PixelsPerPiece, job.Pixels - pixel);
                tile.Accumulate = line > first || pixel > 0;
                for (nint panel = panels * job.PanelsPerUnit; panel < endPanel; panel++)
                {
                    nint column = panel * PanelColumns;
                    tile.Columns = (int)Math.Min(PanelColumns, job.Columns - column);
                    PackLines(in job, dy + pixel * job.DyStep + column, line, ref tile);
                    tile.A = x + pixel * job.XStep;
                    tile.C = sums + column;
                    RunStrips(ref tile, job.Steps);
                }
            }
        }
    }

    /// <summary>Packs the panel of dy that a tile reads, line by line.</summary>
    private static void PackLines(in WeightGradientJob<T> job, T* dy, nint line, ref Tile<T> tile)
    {
        int width = tile.Columns > TVector.Count ? PanelColumns : TVector.Count;
        tile.BStepStride = width * sizeof(T);
        T* packed = tile.B;
        for (nint i = 0; i < tile.SegmentCount; i++, packed += tile.Steps * width)
        {
            T* from = (T*)((byte*)dy + job.Starts[line + i]);
            Packing.PackPanel<T, TVector>(from, job.DyStep, 1, tile.Steps, tile.Columns, width, packed);
        }
    }

    /// <summary>Adds a panel's products of all rows.</summary>
    private static void RunStrips(ref Tile<T> tile, nint rows)
    {
        bool isWide = tile.Columns > TVector.Count;
        int width = isWide ? PanelColumns : TVector.Count;
        int most = isWide ? MicroKernels<T, TVector>.MaximumRows : MicroKernels<T, TVector>.MaximumNarrowRows;
        nint strips = GemmPlan.CeilingDivide(rows, most);
        (nint shortHeight, nint tall) = strips == 0 ? (0, 0) : Math.DivRem(rows, strips);
        for (nint strip = 0; strip < strips; strip++)
        {
            int height = (int)(strip < tall ? shortHeight + 1 : shortHeight);
            MicroKernels<T, TVector>.Run(MicroKernels<T, TVector>.NumberOfSegmented(height, isWide), ref tile);
            if (tile.Columns != width)
                PartialTile<T, TVector>.Write(in tile, height, width);
            tile.A += height;
            tile.C += height * tile.CRowStride;
        }
    }

    /// <summary>
    /// Adds the parts, in order, and writes the weights of some columns: the elements of the windows of some channels are put behind each other, as they
    /// lie in the weights, and turned from columns to rows.
    /// </summary>
    private static void Write(void* context, int chunk)
    {
        ref readonly Result result = ref *(Result*)context;
        ref readonly WeightGradientJob<T> job = ref *result.Job;
        (nint group, nint block) = Math.DivRem(chunk, result.ChunksPerGroup);
        nint first = block * PanelColumns;
        nint columns = Math.Min(PanelColumns, job.Columns - first);
        nint taps = result.Taps;
        nint channels = job.SumLength / taps;
        nint atOnce = Math.Clamp(LinesAtOnce / taps, 1, channels);
        T* turned = (T*)ThreadMemory.Current.Slab(atOnce * taps * PanelColumns * sizeof(T));
        T* sums = job.Sums + group * job.SumLength * job.Columns + first;
        T* dw = result.Dw + (group * job.Columns + first) * result.Column;
        for (nint channel = 0; channel < channels; channel += atOnce)
        {
            nint count = Math.Min(atOnce, channels - channel);
            for (nint tap = 0; tap < taps; tap++)
            {
                nint position = (nint)result.Steps[tap * channels];
                for (nint i = 0; i < count; i++)
                    AddParts(in job, sums + (tap * channels + channel + i) * job.Columns, columns, turned + (i * taps + position) * PanelColumns);
            }
            Transposition.Run(turned, PanelColumns, count * taps, columns, dw + channel * taps, result.Column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddParts(in WeightGradientJob<T> job, T* sums, nint columns, T* destination)
    {
        for (nint column = 0; column < columns; column += TVector.Count)
        {
            nint left = columns - column;
            TVector sum = PartialVector<T, TVector>.LoadLeft(sums + column, left);
            for (nint part = 1; part < job.Parts; part++)
                sum += PartialVector<T, TVector>.LoadLeft(sums + part * job.PartLength + column, left);
            PartialVector<T, TVector>.StoreLeft(destination + column, sum, left);
        }
    }

    private struct Result
    {
        public WeightGradientJob<T>* Job;
        public long* Steps;
        public T* Dw;
        public nint Column;
        public nint ChunksPerGroup;
        public nint Taps;
    }
}
