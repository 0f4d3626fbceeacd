using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Gemm;
using NeuralNet.Backends.Cpu.Threading;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// Winograd's minimal filtering F(4×4, 3×3): tiles of 6×6 pixels and the windows are transformed, multiplied point by point, which over the
/// channels is a product of matrices for each of 36 points, and transformed back: 36 multiplications for 16 results instead of 144.
/// </summary>
/// <remarks>
/// Lavin and Gray, "Fast algorithms for convolutional neural networks", 2016. The transforms subtract numbers of like size, so that errors are some times
/// those of the direct sum; and one infinity or NaN spreads over its tile. A block of tiles goes through all steps in the second-level cache.
/// </remarks>
internal static unsafe class Winograd<T, TVector>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    private const int Points = WinogradJob<T>.Points;
    private const int Side = 6;
    private const int Window = 3;
    private const int Alignment = 64;

    /// <summary>Channels whose windows are transformed while they are in the nearest cache.</summary>
    private const int ChannelsAtOnce = 16;

    /// <summary>The columns whose products with a block of tiles are computed in one go.</summary>
    public static int PanelColumns => 2 * TVector.Count;

    /// <summary>The elements of the memory that <see cref="TransformWeights"/> needs.</summary>
    public static int BufferLength => Window * Window * ChannelsAtOnce * PanelColumns;

    /// <summary>Computes the convolution of images with weights of which each step's place is listed.</summary>
    /// <param name="backend">Where memory comes from.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="job">Operands and sizes; the rest is planned here.</param>
    /// <param name="weight">The weights as they are.</param>
    /// <param name="firstTap">From the first of them to that of the first step.</param>
    /// <param name="tap">From an element of the window to the next, in a row and in a column, in the weights; negative where it is turned round.</param>
    /// <param name="channel">From a channel to the next.</param>
    /// <param name="column">From a column to the next.</param>
    /// <param name="key">What a copy of the transformed weights is kept as.</param>
    public static void Run(
        CpuBackend backend,
        WorkerPool workers,
        ref WinogradJob<T> job,
        View<T> weight,
        nint firstTap,
        (nint Row, nint Column) tap,
        nint channel,
        nint column,
        PackedKey key)
    {
        job.Plan(MicroKernels<T, TVector>.MaximumRows, PanelColumns);
        nint columns = PackedWeights.ColumnsOf<TVector, T>(job.Columns);
        bool goesByPanels = WinogradPanels<T, TVector>.Pays(in job);
        nint length = Points * (job.Channels * columns + job.Panels * WinogradJob<T>.Gap);
        using WeightCopy<T> transformed = goesByPanels ? default : new(backend, weight, key, length);
        using Scratch<T> zeros = new(backend, job.Channels);
        using Scratch<long> steps = new(backend, Window * Window * job.Channels);
        backend.Fill(T.Zero, zeros.View);
        fixed (T* pWeight = &weight.Reference(), pTransformed = &transformed.ReferenceOrNull(), pZeros = &zeros.Reference())
        fixed (long* pSteps = &steps.Reference())
        fixed (WinogradJob<T>* pinned = &job)
        {
            job.Weights = pTransformed;
            job.Zeros = pZeros;
            if (!transformed.IsPacked)
            {
                List(pSteps, job.Channels, tap, channel);
                job.Source = PackedWeights.Of(pWeight + firstTap, pSteps, Window * Window * job.Channels, Window * Window, column, job.Columns);
                if (!goesByPanels)
                    workers.Run(&TransformPanel, pinned, checked((int)job.Panels));
            }
            if (goesByPanels)
            {
                WinogradPanels<T, TVector>.Run(backend, workers, pinned);
                return;
            }
            transformed.Keep();
            workers.Run(&RunUnit, pinned, checked((int)(job.Blocks * job.UnitsPerBlock)));
        }
    }

    /// <summary>Lists where the channels of each element of the window lie in the weights.</summary>
    private static void List(long* steps, nint channels, (nint Row, nint Column) tap, nint channel)
    {
        for (nint row = 0; row < Window; row++)
        {
            for (nint i = 0; i < Window; i++)
            {
                for (nint c = 0; c < channels; c++)
                    *steps++ = row * tap.Row + i * tap.Column + c * channel;
            }
        }
    }

    private static void RunUnit(void* context, int unit)
    {
        ref readonly WinogradJob<T> job = ref *(WinogradJob<T>*)context;
        (nint block, nint part) = Math.DivRem(unit, job.UnitsPerBlock);
        nint firstTile = block * job.TilesPerBlock;
        nint tiles = Math.Min(job.TilesPerBlock, job.Tiles - firstTile);
        nint productStride = job.TilesPerBlock * PanelColumns + WinogradJob<T>.Gap;
        T* images = (T*)ThreadMemory.Current.Slab(Points * (job.PointStride + productStride) * sizeof(T));
        T* products = images + Points * job.PointStride;
        for (nint tile = 0; tile < tiles; tile++)
            TransformTile(in job, firstTile + tile, 0, job.Channels, images + tile * job.Channels, job.PointStride);

        int most = MicroKernels<T, TVector>.MaximumRows;
        nint strips = GemmPlan.CeilingDivide(tiles, most);
        (nint shortHeight, nint tall) = Math.DivRem(tiles, strips);
        nint end = Math.Min((part + 1) * job.PanelsPerUnit, job.Panels);
        for (nint panel = part * job.PanelsPerUnit; panel < end; panel++)
        {
            nint column = panel * PanelColumns;
            int columns = (int)Math.Min(PanelColumns, job.Columns - column);
            int width = (int)job.WidthOf(panel, TVector.Count);
            bool isWide = width > TVector.Count;
            Tile<T> tile = new()
            {
                ARowStride = job.Channels * sizeof(T),
                CRowStride = width,
                Columns = width,
                Steps = job.Channels,
            };
            for (nint point = 0; point < Points; point++)
            {
                tile.A = images + point * job.PointStride;
                tile.B = job.Weights + panel * Points * job.WeightStride(PanelColumns) + point * job.WeightStride(width);
                tile.C = products + point * productStride;
                for (nint strip = 0; strip < strips; strip++)
                {
                    int height = (int)(strip < tall ? shortHeight + 1 : shortHeight);
                    MicroKernels<T, TVector>.Run(MicroKernels<T, TVector>.NumberOf(height, isWide, isOfColumns: false, copies: false), ref tile);
                    tile.A += height * job.Channels;
                    tile.C += height * width;
                }
            }
            for (nint i = 0; i < tiles; i++)
                TransformBack(in job, firstTile + i, products + i * width, productStride, column, columns);
        }
    }

    /// <summary>Where a tile of results begins.</summary>
    public static void Locate(in WinogradJob<T> job, nint tile, out nint image, out nint row, out nint column)
    {
        (image, nint inImage) = Math.DivRem(tile, job.TileRows * job.TileColumns);
        (row, column) = Math.DivRem(inImage, job.TileColumns);
        row *= WinogradJob<T>.Side;
        column *= WinogradJob<T>.Side;
    }

    /// <summary>Bᵀ·d·B for the 6×6 pixels d of some channels of a tile.</summary>
    /// <param name="job">The operands.</param>
    /// <param name="tile">The number of the tile.</param>
    /// <param name="first">The first channel.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="destination">The first point.</param>
    /// <param name="stride">From a point to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformTile(in WinogradJob<T> job, nint tile, nint first, nint channels, T* destination, nint stride)
    {
        Locate(in job, tile, out nint image, out nint row, out nint column);
        row -= job.Top;
        column -= job.Left;
        T** pixels = stackalloc T*[Points];
        nint height = job.XSizes[2], width = job.XSizes[3], step = job.XStrides[3];
        bool isWhole = row >= 0 && column >= 0 && row + Side <= height && column + Side <= width;
        T* line = job.X + image * job.XStrides[0] + row * job.XStrides[2] + column * step + first;
        for (nint i = 0; i < Points; i += Side, row++, line += job.XStrides[2])
        {
            T* pixel = line;
            for (nint j = 0; j < Side; j++, pixel += step)
                pixels[i + j] = isWhole || ((nuint)row < (nuint)height && (nuint)(column + j) < (nuint)width) ? pixel : job.Zeros;
        }
        byte* memory = stackalloc byte[Points * Unsafe.SizeOf<TVector>() + Alignment];
        T* half = (T*)(((nint)memory + Alignment - 1) & -Alignment);
        TVector minusFour = TVector.Create(T.CreateTruncating(-4));
        for (nint channel = 0; channel < channels; channel += TVector.Count)
        {
            for (nint j = 0; j < Side; j++)
            {
                T** from = pixels + j;
                TransformLine(
                    TVector.Load(from[0] + channel),
                    TVector.Load(from[6] + channel),
                    TVector.Load(from[12] + channel),
                    TVector.Load(from[18] + channel),
                    TVector.Load(from[24] + channel),
                    TVector.Load(from[30] + channel),
                    minusFour,
                    half + j * TVector.Count,
                    Side * TVector.Count);
            }
            for (nint i = 0; i < Side; i++)
            {
                T* from = half + i * Side * TVector.Count;
                TransformLine(
                    TVector.Load(from),
                    TVector.Load(from + TVector.Count),
                    TVector.Load(from + 2 * TVector.Count),
                    TVector.Load(from + 3 * TVector.Count),
                    TVector.Load(from + 4 * TVector.Count),
                    TVector.Load(from + 5 * TVector.Count),
                    minusFour,
                    destination + i * Side * stride + channel,
                    stride);
            }
        }
    }

    /// <summary>Bᵀ·d for a line d of six pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformLine(
        TVector d0, TVector d1, TVector d2, TVector d3, TVector d4, TVector d5, TVector minusFour, T* destination, nint stride)
    {
        TVector even = TVector.MultiplyAdd(minusFour, d2, d4);
        TVector odd = TVector.MultiplyAdd(minusFour, d1, d3);
        TVector nearEven = d4 - d2;
        TVector difference = d3 - d1;
        TVector nearOdd = difference + difference;
        TVector.MultiplyAdd(minusFour, d2 - d0, nearEven).Store(destination);
        (even + odd).Store(destination + stride);
        (even - odd).Store(destination + 2 * stride);
        (nearEven + nearOdd).Store(destination + 3 * stride);
        (nearEven - nearOdd).Store(destination + 4 * stride);
        TVector.MultiplyAdd(minusFour, difference, d5 - d3).Store(destination + 5 * stride);
    }

    /// <summary>Aᵀ·m·A for the 6×6 products m of a tile; then bias and ReLU, and what lies inside y is written.</summary>
    /// <param name="job">The operands.</param>
    /// <param name="tile">The number of the tile.</param>
    /// <param name="products">The products of the first column.</param>
    /// <param name="stride">From a point to the next.</param>
    /// <param name="firstColumn">The first column.</param>
    /// <param name="columnCount">The number of columns.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformBack(in WinogradJob<T> job, nint tile, T* products, nint stride, nint firstColumn, int columnCount)
    {
        const int Results = WinogradJob<T>.Side;
        byte* memory = stackalloc byte[Results * Side * Unsafe.SizeOf<TVector>() + Alignment];
        T* half = (T*)(((nint)memory + Alignment - 1) & -Alignment);
        TVector two = TVector.Create(T.CreateTruncating(2)), four = two + two, eight = four + four;
        Locate(in job, tile, out nint image, out nint row, out nint column);
        nint rows = Math.Min(Results, job.YSizes[2] - row);
        nint columns = Math.Min(Results, job.YSizes[3] - column);
        nint lineStep = job.YStrides[2], step = job.YStrides[3];
        T* corner = job.Y + image * job.YStrides[0] + row * lineStep + column * step + firstColumn;
        for (int first = 0; first < columnCount; first += TVector.Count)
        {
            for (nint j = 0; j < Side; j++)
            {
                T* from = products + first + j * stride;
                TVector m1 = TVector.Load(from + Side * stride), m2 = TVector.Load(from + 2 * Side * stride);
                TVector m3 = TVector.Load(from + 3 * Side * stride), m4 = TVector.Load(from + 4 * Side * stride);
                TVector sum = m1 + m2, difference = m1 - m2, farSum = m3 + m4, farDifference = m3 - m4;
                T* to = half + j * TVector.Count;
                (TVector.Load(from) + sum + farSum).Store(to);
                TVector.MultiplyAdd(two, farDifference, difference).Store(to + Side * TVector.Count);
                TVector.MultiplyAdd(four, farSum, sum).Store(to + 2 * Side * TVector.Count);
                (TVector.MultiplyAdd(eight, farDifference, difference) + TVector.Load(from + 5 * Side * stride)).Store(to + 3 * Side * TVector.Count);
            }
            int count = Math.Min(TVector.Count, columnCount - first);
            TVector bias = job.Bias == null ? default : PartialVector<T, TVector>.Load(job.Bias + firstColumn + first, count);
            T* y = corner + first;
            for (nint i = 0; i < rows; i++, y += lineStep)
            {
                T* from = half + i * Side * TVector.Count;
                TVector m1 = TVector.Load(from + TVector.Count), m2 = TVector.Load(from + 2 * TVector.Count);
                TVector m3 = TVector.Load(from + 3 * TVector.Count), m4 = TVector.Load(from + 4 * TVector.Count);
                TVector sum = m1 + m2, difference = m1 - m2, farSum = m3 + m4, farDifference = m3 - m4;
                Write(y, TVector.Load(from) + sum + farSum + bias, job.Relu, count);
                if (columns > 1)
                    Write(y + step, TVector.MultiplyAdd(two, farDifference, difference) + bias, job.Relu, count);
                if (columns > 2)
                    Write(y + 2 * step, TVector.MultiplyAdd(four, farSum, sum) + bias, job.Relu, count);
                if (columns > 3)
                {
                    TVector last = TVector.MultiplyAdd(eight, farDifference, difference) + TVector.Load(from + 5 * TVector.Count);
                    Write(y + 3 * step, last + bias, job.Relu, count);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(T* y, TVector value, bool relu, int count)
    {
        if (relu)
            value = PartialTile<T, TVector>.Relu(value);
        PartialVector<T, TVector>.StoreLeft(y, value, count);
    }

    private static void TransformPanel(void* context, int panel)
    {
        ref readonly WinogradJob<T> job = ref *(WinogradJob<T>*)context;
        T* buffer = (T*)ThreadMemory.Current.Slab(BufferLength * sizeof(T));
        T* destination = job.Weights + panel * Points * job.WeightStride(PanelColumns);
        TransformWeights(in job, panel, 0, job.Channels, buffer, destination, job.WeightStride(job.WidthOf(panel, TVector.Count)));
    }

    /// <summary>Packs and transforms the windows of some channels of a panel.</summary>
    /// <param name="job">The operands.</param>
    /// <param name="panel">The number of the panel.</param>
    /// <param name="first">The first channel.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="buffer">Memory for <see cref="BufferLength"/> elements.</param>
    /// <param name="destination">The first point.</param>
    /// <param name="stride">From a point to the next.</param>
    public static void TransformWeights(
        in WinogradJob<T> job, nint panel, nint first, nint channels, T* buffer, T* destination, nint stride)
    {
        for (nint channel = 0; channel < channels; channel += ChannelsAtOnce)
        {
            nint count = Math.Min(ChannelsAtOnce, channels - channel);
            nint width = job.Source.PackChannels<TVector, T>(0, panel, first + channel, count, buffer);
            TransformWindows(buffer, count * width, destination + channel * width, stride);
        }
    }

    /// <summary>G·g·Gᵀ for windows g.</summary>
    /// <param name="packed">The first element of the windows.</param>
    /// <param name="tap">From an element of the windows to the next; the number of windows.</param>
    /// <param name="destination">The first point.</param>
    /// <param name="stride">From a point to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformWindows(T* packed, nint tap, T* destination, nint stride)
    {
        byte* memory = stackalloc byte[3 * Side * Unsafe.SizeOf<TVector>() + Alignment];
        T* half = (T*)(((nint)memory + Alignment - 1) & -Alignment);
        for (nint at = 0; at < tap; at += TVector.Count)
        {
            for (nint j = 0; j < 3; j++)
            {
                T* from = packed + at + j * tap;
                TransformWindow(
                    TVector.Load(from), TVector.Load(from + 3 * tap), TVector.Load(from + 6 * tap), half + j * TVector.Count, 3 * TVector.Count);
            }
            for (nint i = 0; i < Side; i++)
            {
                T* from = half + i * 3 * TVector.Count;
                TransformWindow(
                    TVector.Load(from),
                    TVector.Load(from + TVector.Count),
                    TVector.Load(from + 2 * TVector.Count),
                    destination + at + i * Side * stride,
                    stride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformWindow(TVector g0, TVector g1, TVector g2, T* destination, nint stride)
    {
        TVector sixth = TVector.Create(-T.One / T.CreateTruncating(6));
        TVector twentyFourth = TVector.Create(T.One / T.CreateTruncating(24));
        TVector twelfth = TVector.Create(T.One / T.CreateTruncating(12)) * g1;
        TVector outer = (g0 + g2) * sixth;
        TVector far = TVector.MultiplyAdd(twentyFourth, g0, g2 * -sixth);
        (g0 * TVector.Create(T.One / T.CreateTruncating(4))).Store(destination);
        TVector.MultiplyAdd(sixth, g1, outer).Store(destination + stride);
        (outer - sixth * g1).Store(destination + 2 * stride);
        (far + twelfth).Store(destination + 3 * stride);
        (far - twelfth).Store(destination + 4 * stride);
        g2.Store(destination + 5 * stride);
    }
}
