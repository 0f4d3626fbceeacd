using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Gemm;
using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// The weight gradient by Winograd's algorithm: what <see cref="Winograd{T, TVector}"/> computes is linear in the windows, and this is its transpose.
/// Tiles of the images and of dy are transformed and multiplied point by point; the sum over all tiles is transformed back once. The tiles come in
/// blocks, each of which is transformed by units of some tiles and then multiplied by units of a point.
/// </summary>
internal static unsafe class WinogradGradient<T, TVector>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    private const int Points = WinogradJob<T>.Points;
    private const int Results = WinogradJob<T>.Side;
    private const int Side = 6;
    private const int Window = 3;
    private const int Alignment = 64;

    /// <summary>Columns whose windows are written in one go.</summary>
    private const nint ColumnsPerChunk = 8;

    /// <summary>Computes the gradient.</summary>
    /// <param name="backend">Where memory comes from.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="job">Operands and sizes; the rest is planned here.</param>
    public static void Run(CpuBackend backend, WorkerPool workers, ref WinogradGradientJob<T> job)
    {
        job.Plan();
        using Scratch<T> zeros = new(backend, Math.Max(job.Images.Channels, job.Images.Columns));
        using Scratch<T> images = new(backend, Points * job.ImageStride);
        using Scratch<T> gradients = new(backend, Points * job.GradientStride);
        using Scratch<T> sums = new(backend, Points * job.SumStride);
        backend.Fill(T.Zero, zeros.View);
        fixed (T* pZeros = &zeros.Reference(), pImages = &images.Reference(), pGradients = &gradients.Reference(), pSums = &sums.Reference())
        fixed (WinogradGradientJob<T>* pinned = &job)
        {
            job.Images.Zeros = pZeros;
            job.ImageTiles = pImages;
            job.GradientTiles = pGradients;
            job.Sums = pSums;
            for (; job.FirstTile < job.Images.Tiles; job.FirstTile += job.TilesPerBlock)
            {
                workers.Run(&TransformTiles, pinned, checked((int)GemmPlan.CeilingDivide(job.Tiles, job.TilesPerUnit)));
                workers.Run(&Multiply, pinned, Points);
            }
            workers.Run(&Write, pinned, checked((int)GemmPlan.CeilingDivide(job.Images.Columns, ColumnsPerChunk)));
        }
    }

    private static void TransformTiles(void* context, int unit)
    {
        ref readonly WinogradGradientJob<T> job = ref *(WinogradGradientJob<T>*)context;
        (nint channels, nint columns) = (job.Images.Channels, job.Images.Columns);
        nint end = Math.Min((unit + 1) * job.TilesPerUnit, job.Tiles);
        for (nint tile = unit * job.TilesPerUnit; tile < end; tile++)
        {
            nint number = job.FirstTile + tile;
            Winograd<T, TVector>.TransformTile(in job.Images, number, 0, channels, job.ImageTiles + tile * channels, job.ImageStride);
            TransformGradient(in job, number, job.GradientTiles + tile * columns, job.GradientStride);
        }
    }

    /// <summary>Adds the products of the tiles of a block for a point: [columns, channels].</summary>
    private static void Multiply(void* context, int point)
    {
        ref readonly WinogradGradientJob<T> job = ref *(WinogradGradientJob<T>*)context;
        (nint channels, nint columns) = (job.Images.Channels, job.Images.Columns);
        nint* segment = stackalloc nint[2];
        (segment[0], segment[1]) = (0, 0);
        Tile<T> tile = new()
        {
            ARowStride = sizeof(T),
            AStepStride = columns * sizeof(T),
            BStepStride = channels * sizeof(T),
            CRowStride = channels,
            Steps = job.Tiles,
            Segments = segment,
            SegmentCount = 1,
            Accumulate = job.FirstTile > 0,
        };
        int most = MicroKernels<T, TVector>.MaximumRows;
        nint strips = GemmPlan.CeilingDivide(columns, most);
        (nint shortHeight, nint tall) = Math.DivRem(columns, strips);
        for (nint channel = 0; channel < channels; channel += 2 * TVector.Count)
        {
            tile.Columns = (int)Math.Min(2 * TVector.Count, channels - channel);
            bool isWide = tile.Columns > TVector.Count;
            tile.A = job.GradientTiles + point * job.GradientStride;
            tile.B = job.ImageTiles + point * job.ImageStride + channel;
            tile.C = job.Sums + point * job.SumStride + channel;
            for (nint strip = 0; strip < strips; strip++)
            {
                int height = (int)(strip < tall ? shortHeight + 1 : shortHeight);
                MicroKernels<T, TVector>.Run(MicroKernels<T, TVector>.NumberOfSegmented(height, isWide), ref tile);
                tile.A += height;
                tile.C += height * channels;
            }
        }
    }

    /// <summary>A·dy·Aᵀ for the 4×4 pixels dy of a tile.</summary>
    /// <param name="job">The operands.</param>
    /// <param name="number">The number of the tile.</param>
    /// <param name="destination">The first point.</param>
    /// <param name="stride">From a point to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformGradient(in WinogradGradientJob<T> job, nint number, T* destination, nint stride)
    {
        ref readonly WinogradJob<T> images = ref job.Images;
        Winograd<T, TVector>.Locate(in images, number, out nint image, out nint row, out nint column);
        nint height = images.YSizes[2] - row, width = images.YSizes[3] - column, step = job.DyStrides[3];
        T* line = job.Dy + image * job.DyStrides[0] + row * job.DyStrides[2] + column * step;
        T** pixels = stackalloc T*[Results * Results];
        for (nint i = 0; i < Results; i++, line += job.DyStrides[2])
        {
            T* pixel = line;
            for (nint j = 0; j < Results; j++, pixel += step)
                pixels[i * Results + j] = i < height && j < width ? pixel : images.Zeros;
        }
        byte* memory = stackalloc byte[Side * Results * Unsafe.SizeOf<TVector>() + Alignment];
        T* half = (T*)(((nint)memory + Alignment - 1) & -Alignment);
        TVector four = TVector.Create(T.CreateTruncating(4));
        for (nint at = 0; at < images.Columns; at += TVector.Count)
        {
            for (nint j = 0; j < Results; j++)
            {
                T** from = pixels + j;
                TransformLine(
                    TVector.Load(from[0] + at),
                    TVector.Load(from[Results] + at),
                    TVector.Load(from[2 * Results] + at),
                    TVector.Load(from[3 * Results] + at),
                    four,
                    half + j * TVector.Count,
                    Results * TVector.Count);
            }
            for (nint i = 0; i < Side; i++)
            {
                T* from = half + i * Results * TVector.Count;
                TransformLine(
                    TVector.Load(from),
                    TVector.Load(from + TVector.Count),
                    TVector.Load(from + 2 * TVector.Count),
                    TVector.Load(from + 3 * TVector.Count),
                    four,
                    destination + i * Side * stride + at,
                    stride);
            }
        }
    }

    /// <summary>A·d for a line d of four pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformLine(TVector d0, TVector d1, TVector d2, TVector d3, TVector four, T* destination, nint stride)
    {
        TVector even = d0 + d2;
        TVector odd = d1 + d3;
        TVector farEven = TVector.MultiplyAdd(four, d2, d0);
        TVector halfFarOdd = TVector.MultiplyAdd(four, d3, d1);
        TVector farOdd = halfFarOdd + halfFarOdd;
        d0.Store(destination);
        (even + odd).Store(destination + stride);
        (even - odd).Store(destination + 2 * stride);
        (farEven + farOdd).Store(destination + 3 * stride);
        (farEven - farOdd).Store(destination + 4 * stride);
        d3.Store(destination + 5 * stride);
    }

    /// <summary>Writes Gᵀ·m·G for the sums m of some columns.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Write(void* context, int chunk)
    {
        ref readonly WinogradGradientJob<T> job = ref *(WinogradGradientJob<T>*)context;
        nint channels = job.Images.Channels;
        nint stride = job.SumStride;
        byte* memory = stackalloc byte[(Side + Window) * Window * Unsafe.SizeOf<TVector>() + Alignment];
        T* half = (T*)(((nint)memory + Alignment - 1) & -Alignment);
        T* windows = half + Side * Window * TVector.Count;
        nint end = Math.Min((chunk + 1) * ColumnsPerChunk, job.Images.Columns);
        for (nint column = chunk * ColumnsPerChunk; column < end; column++)
        {
            for (nint channel = 0; channel < channels; channel += TVector.Count)
            {
                T* sums = job.Sums + column * channels + channel;
                for (nint i = 0; i < Side; i++, sums += Side * stride)
                    TransformBack(sums, stride, half + i * Window * TVector.Count, TVector.Count);
                for (nint j = 0; j < Window; j++)
                    TransformBack(half + j * TVector.Count, Window * TVector.Count, windows + j * TVector.Count, Window * TVector.Count);
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

    /// <summary>Gᵀ·m for a line m of six sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformBack(T* from, nint fromStride, T* destination, nint stride)
    {
        TVector sixth = TVector.Create(T.One / T.CreateTruncating(6));
        TVector m1 = TVector.Load(from + fromStride), m2 = TVector.Load(from + 2 * fromStride);
        TVector m3 = TVector.Load(from + 3 * fromStride), m4 = TVector.Load(from + 4 * fromStride);
        TVector near = (m1 + m2) * sixth;
        TVector far = m3 + m4;
        TVector outer = TVector.MultiplyAdd(
            TVector.Load(from), TVector.Create(T.One / T.CreateTruncating(4)), far * TVector.Create(T.One / T.CreateTruncating(24)));
        (outer - near).Store(destination);
        TVector.MultiplyAdd(m3 - m4, TVector.Create(T.One / T.CreateTruncating(12)), (m2 - m1) * sixth).Store(destination + stride);
        (TVector.MultiplyAdd(far, sixth, TVector.Load(from + 5 * fromStride)) - near).Store(destination + 2 * stride);
    }
}
