using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Gemm;
using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// The weight gradient by Winograd's algorithm: what <see cref="Winograd{T, TVector}"/> computes is linear in the windows, and this is its transpose.
/// Tiles of the images and of dy are transformed and multiplied point by point; the sum over all tiles is transformed back once. A unit takes one of
/// the six rows of points, whose transformed tiles and sums stay in the second-level cache.
/// </summary>
internal static unsafe class WinogradGradient<T, TVector>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    private const int Side = WinogradGradientJob<T>.Side;
    private const int Window = WinogradGradientJob<T>.Window;
    private const int Results = WinogradJob<T>.Side;
    private const int Alignment = 64;
    private const int Terms = 4;

    /// <summary>Columns whose windows are written in one go.</summary>
    private const nint ColumnsPerChunk = 8;

    private static int LongestPanel => 4 * TVector.Count;

    /// <summary>The rows of Bᵀ: which rows of pixels are added, by which factors.</summary>
    private static ReadOnlySpan<sbyte> ImageRows => [0, 2, 4, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 3, 5, 5];

    private static ReadOnlySpan<sbyte> ImageFactors => [4, -5, 1, 0, -4, -4, 1, 1, 4, -4, -1, 1, -2, -1, 2, 1, 2, -1, -2, 1, 4, -5, 1, 0];

    /// <summary>The rows of A.</summary>
    private static ReadOnlySpan<sbyte> GradientFactors => [1, 0, 0, 0, 1, 1, 1, 1, 1, -1, 1, -1, 1, 2, 4, 8, 1, -2, 4, -8, 0, 0, 0, 1];

    /// <summary>Computes the gradient.</summary>
    /// <param name="backend">Where memory comes from.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="job">Operands and sizes; the rest is planned here.</param>
    public static void Run(CpuBackend backend, WorkerPool workers, ref WinogradGradientJob<T> job)
    {
        job.Plan(LongestPanel, TVector.Count);
        using Scratch<T> zeros = new(backend, LongestPanel);
        using Scratch<T> sums = new(backend, job.Units * Window * job.PairLength);
        backend.Fill(T.Zero, zeros.View);
        fixed (T* pZeros = &zeros.Reference(), pSums = &sums.Reference())
        fixed (WinogradGradientJob<T>* pinned = &job)
        {
            job.Images.Zeros = pZeros;
            job.Sums = pSums;
            workers.Run(&RunUnit, pinned, checked((int)job.Units));
            workers.Run(&Write, pinned, checked((int)GemmPlan.CeilingDivide(job.Images.Columns, ColumnsPerChunk)));
        }
    }

    private static void RunUnit(void* context, int unit)
    {
        ref readonly WinogradGradientJob<T> job = ref *(WinogradGradientJob<T>*)context;
        (nint part, nint rest) = Math.DivRem(unit, job.Pairs * Side);
        (nint pair, nint row) = Math.DivRem(rest, Side);
        (nint columnPanel, nint channelPanel) = Math.DivRem(pair, job.ChannelPanels);
        nint channel = channelPanel * job.PanelLength;
        nint column = columnPanel * job.PanelLength;
        nint channels = Math.Min(job.PanelLength, job.Images.Channels - channel);
        nint columns = Math.Min(job.PanelLength, job.Images.Columns - column);
        nint stride = job.PointStride;
        T* images = (T*)ThreadMemory.Current.Slab((2 * Side * stride + Side * job.PairLength) * sizeof(T));
        T* gradients = images + Side * stride;
        T* products = gradients + Side * stride;
        nint first = part * job.TilesPerPart;
        nint end = Math.Min(first + job.TilesPerPart, job.Images.Tiles);
        for (nint tile = first; tile < end; tile += job.TilesPerBlock)
        {
            nint tiles = Math.Min(job.TilesPerBlock, end - tile);
            for (nint i = 0; i < tiles; i++)
            {
                TransformTile(in job, tile + i, row, channel, channels, images + i * job.PanelLength);
                TransformGradient(in job, tile + i, row, column, columns, gradients + i * job.PanelLength);
            }
            Multiply(in job, channels, columns, tiles, images, gradients, products, accumulate: tile > first);
        }
        ReduceRow(in job, channels, columns, products, job.Sums + unit * Window * job.PairLength);
    }

    /// <summary>Adds, for each point, the products of the tiles of a block: [columns, channels].</summary>
    private static void Multiply(
        in WinogradGradientJob<T> job, nint channels, nint columns, nint tiles, T* images, T* gradients, T* products, bool accumulate)
    {
        nint* segment = stackalloc nint[2];
        (segment[0], segment[1]) = (0, 0);
        Tile<T> tile = new()
        {
            ARowStride = sizeof(T),
            AStepStride = job.PanelLength * sizeof(T),
            BStepStride = job.PanelLength * sizeof(T),
            CRowStride = job.PanelLength,
            Steps = tiles,
            Segments = segment,
            SegmentCount = 1,
            Accumulate = accumulate,
        };
        int most = MicroKernels<T, TVector>.MaximumRows;
        nint strips = GemmPlan.CeilingDivide(columns, most);
        (nint shortHeight, nint tall) = Math.DivRem(columns, strips);
        for (nint point = 0; point < Side; point++)
        {
            for (nint channel = 0; channel < channels; channel += 2 * TVector.Count)
            {
                tile.Columns = (int)Math.Min(2 * TVector.Count, channels - channel);
                bool isWide = tile.Columns > TVector.Count;
                tile.A = gradients + point * job.PointStride;
                tile.B = images + point * job.PointStride + channel;
                tile.C = products + point * job.PairLength + channel;
                for (nint strip = 0; strip < strips; strip++)
                {
                    int height = (int)(strip < tall ? shortHeight + 1 : shortHeight);
                    MicroKernels<T, TVector>.Run(MicroKernels<T, TVector>.NumberOfSegmented(height, isWide), ref tile);
                    tile.A += height;
                    tile.C += height * job.PanelLength;
                }
            }
        }
    }

    /// <summary>A row of Bᵀ·d·B for the 6×6 pixels d of a tile.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformTile(in WinogradGradientJob<T> job, nint tile, nint row, nint first, nint channels, T* destination)
    {
        ref readonly WinogradJob<T> images = ref job.Images;
        Winograd<T, TVector>.Locate(in images, tile, out nint image, out nint top, out nint left);
        top -= images.Top;
        left -= images.Left;
        T* origin = images.X + image * images.XStrides[0] + top * images.XStrides[2] + left * images.XStrides[3] + first;
        bool isWhole = top >= 0 && left >= 0 && top + Side <= images.XSizes[2] && left + Side <= images.XSizes[3];
        T** pixels = stackalloc T*[Terms * Side];
        T* factors = stackalloc T[Terms];
        for (nint term = 0; term < Terms; term++)
        {
            nint y = ImageRows[(int)(row * Terms + term)];
            factors[term] = T.CreateTruncating(ImageFactors[(int)(row * Terms + term)]);
            T* line = origin + y * images.XStrides[2];
            bool isLineInside = (nuint)(top + y) < (nuint)images.XSizes[2];
            for (nint x = 0; x < Side; x++)
            {
                bool isInside = isWhole || (isLineInside && (nuint)(left + x) < (nuint)images.XSizes[3]);
                pixels[x * Terms + term] = isInside ? line + x * images.XStrides[3] : images.Zeros;
            }
        }
        TVector f0 = TVector.Create(factors[0]), f1 = TVector.Create(factors[1]), f2 = TVector.Create(factors[2]), f3 = TVector.Create(factors[3]);
        TVector minusFour = Winograd<T, TVector>.MinusFour;
        nint stride = job.PointStride;
        for (nint at = 0; at < channels; at += TVector.Count, destination += TVector.Count)
        {
            TVector d0 = Combine(pixels, at, f0, f1, f2, f3);
            TVector d1 = Combine(pixels + Terms, at, f0, f1, f2, f3);
            TVector d2 = Combine(pixels + 2 * Terms, at, f0, f1, f2, f3);
            TVector d3 = Combine(pixels + 3 * Terms, at, f0, f1, f2, f3);
            TVector d4 = Combine(pixels + 4 * Terms, at, f0, f1, f2, f3);
            TVector d5 = Combine(pixels + 5 * Terms, at, f0, f1, f2, f3);
            Winograd<T, TVector>.TransformLine(d0, d1, d2, d3, d4, d5, minusFour, destination, stride);
        }
    }

    /// <summary>A row of A·dy·Aᵀ for the 4×4 pixels dy of a tile.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformGradient(in WinogradGradientJob<T> job, nint tile, nint row, nint first, nint columns, T* destination)
    {
        ref readonly WinogradJob<T> images = ref job.Images;
        Winograd<T, TVector>.Locate(in images, tile, out nint image, out nint top, out nint left);
        T* origin = job.Dy + image * job.DyStrides[0] + top * job.DyStrides[2] + left * job.DyStrides[3] + first;
        T** pixels = stackalloc T*[Terms * Results];
        T* factors = stackalloc T[Terms];
        for (nint y = 0; y < Results; y++)
        {
            factors[y] = T.CreateTruncating(GradientFactors[(int)(row * Terms + y)]);
            T* line = origin + y * job.DyStrides[2];
            for (nint x = 0; x < Results; x++)
            {
                bool isInside = top + y < images.YSizes[2] && left + x < images.YSizes[3];
                pixels[x * Terms + y] = isInside ? line + x * job.DyStrides[3] : images.Zeros;
            }
        }
        TVector f0 = TVector.Create(factors[0]), f1 = TVector.Create(factors[1]), f2 = TVector.Create(factors[2]), f3 = TVector.Create(factors[3]);
        TVector two = TVector.Create(T.CreateTruncating(2)), four = TVector.Create(T.CreateTruncating(4)), eight = TVector.Create(T.CreateTruncating(8));
        nint stride = job.PointStride;
        for (nint at = 0; at < columns; at += TVector.Count, destination += TVector.Count)
        {
            TVector d0 = Combine(pixels, at, f0, f1, f2, f3);
            TVector d1 = Combine(pixels + Terms, at, f0, f1, f2, f3);
            TVector d2 = Combine(pixels + 2 * Terms, at, f0, f1, f2, f3);
            TVector d3 = Combine(pixels + 3 * Terms, at, f0, f1, f2, f3);
            TVector even = d0 + d2;
            TVector odd = d1 + d3;
            TVector farEven = TVector.MultiplyAdd(four, d2, d0);
            TVector farOdd = TVector.MultiplyAdd(eight, d3, two * d1);
            d0.Store(destination);
            (even + odd).Store(destination + stride);
            (even - odd).Store(destination + 2 * stride);
            (farEven + farOdd).Store(destination + 3 * stride);
            (farEven - farOdd).Store(destination + 4 * stride);
            d3.Store(destination + 5 * stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Combine(T** pixels, nint at, TVector f0, TVector f1, TVector f2, TVector f3)
    {
        TVector sum = f0 * TVector.Load(pixels[0] + at);
        sum = TVector.MultiplyAdd(f1, TVector.Load(pixels[1] + at), sum);
        sum = TVector.MultiplyAdd(f2, TVector.Load(pixels[2] + at), sum);
        return TVector.MultiplyAdd(f3, TVector.Load(pixels[3] + at), sum);
    }

    /// <summary>m·G for a row m of sums: three sums are left of six.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReduceRow(in WinogradGradientJob<T> job, nint channels, nint columns, T* products, T* sums)
    {
        nint length = job.PairLength;
        for (nint column = 0; column < columns; column++, products += job.PanelLength, sums += job.PanelLength)
        {
            for (nint channel = 0; channel < channels; channel += TVector.Count)
            {
                T* from = products + channel;
                TransformBack(
                    TVector.Load(from),
                    TVector.Load(from + length),
                    TVector.Load(from + 2 * length),
                    TVector.Load(from + 3 * length),
                    TVector.Load(from + 4 * length),
                    TVector.Load(from + 5 * length),
                    sums + channel,
                    length);
            }
        }
    }

    /// <summary>Adds the parts, in order, and writes Gᵀ·m for the windows of some columns.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Write(void* context, int chunk)
    {
        ref readonly WinogradGradientJob<T> job = ref *(WinogradGradientJob<T>*)context;
        byte* memory = stackalloc byte[Window * Window * Unsafe.SizeOf<TVector>() + Alignment];
        T* windows = (T*)(((nint)memory + Alignment - 1) & -Alignment);
        nint rowLength = Window * job.PairLength;
        nint partLength = job.Pairs * Side * rowLength;
        nint end = Math.Min((chunk + 1) * ColumnsPerChunk, job.Images.Columns);
        for (nint column = chunk * ColumnsPerChunk; column < end; column++)
        {
            (nint columnPanel, nint inColumns) = Math.DivRem(column, job.PanelLength);
            for (nint channel = 0; channel < job.Images.Channels; channel += TVector.Count)
            {
                (nint channelPanel, nint inChannels) = Math.DivRem(channel, job.PanelLength);
                nint pair = columnPanel * job.ChannelPanels + channelPanel;
                T* sums = job.Sums + pair * Side * rowLength + inColumns * job.PanelLength + inChannels;
                for (nint j = 0; j < Window; j++, sums += job.PairLength)
                {
                    TransformBack(
                        AddParts(sums, partLength, job.Parts),
                        AddParts(sums + rowLength, partLength, job.Parts),
                        AddParts(sums + 2 * rowLength, partLength, job.Parts),
                        AddParts(sums + 3 * rowLength, partLength, job.Parts),
                        AddParts(sums + 4 * rowLength, partLength, job.Parts),
                        AddParts(sums + 5 * rowLength, partLength, job.Parts),
                        windows + j * TVector.Count,
                        Window * TVector.Count);
                }
                T* dw = job.Dw + column * job.DwStrides[0] + channel * job.DwStrides[1];
                for (nint i = 0; i < TVector.Count; i++, dw += job.DwStrides[1])
                {
                    for (nint row = 0; row < Window; row++)
                    {
                        T* from = windows + row * Window * TVector.Count + i;
                        T* to = dw + row * job.DwStrides[2];
                        for (nint j = 0; j < Window; j++)
                            to[j * job.DwStrides[3]] = from[j * TVector.Count];
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddParts(T* sums, nint length, nint parts)
    {
        TVector sum = TVector.Load(sums);
        for (nint part = 1; part < parts; part++)
            sum += TVector.Load(sums + part * length);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformBack(TVector m0, TVector m1, TVector m2, TVector m3, TVector m4, TVector m5, T* destination, nint stride)
    {
        TVector sixth = TVector.Create(T.One / T.CreateTruncating(6));
        TVector near = (m1 + m2) * sixth;
        TVector far = m3 + m4;
        TVector outer = TVector.MultiplyAdd(m0, TVector.Create(T.One / T.CreateTruncating(4)), far * TVector.Create(T.One / T.CreateTruncating(24)));
        (outer - near).Store(destination);
        TVector.MultiplyAdd(m3 - m4, TVector.Create(T.One / T.CreateTruncating(12)), (m2 - m1) * sixth).Store(destination + stride);
        (TVector.MultiplyAdd(far, sixth, m5) - near).Store(destination + 2 * stride);
    }
}
