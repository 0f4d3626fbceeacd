using System.Numerics;
using NeuralNet.Backends.Cpu.Gemm;
using NeuralNet.Backends.Cpu.Threading;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// Winograd's algorithm for few tiles and many channels, where the transformed weights are the larger operand: all tiles are transformed first, and a unit
/// takes a panel of columns, whose weights it transforms as it needs them, some channels at a time, in the second-level cache. That is faster than reading
/// weights that were transformed before.
/// </summary>
internal static unsafe class WinogradPanels<T, TVector>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    private const int Points = WinogradJob<T>.Points;
    private const nint MostTiles = 96;
    private const nint FewestPanels = 4;

    /// <summary>The weights of some channels and the products share the second-level cache with the tiles that pass through.</summary>
    private const nint LargestUnit = 640 << 10;

    /// <summary>Whether the tiles are few, and the columns enough for all threads. By sizes alone.</summary>
    public static bool Pays(in WinogradJob<T> job) => job.Tiles <= MostTiles && job.Panels >= FewestPanels;

    public static void Run(CpuBackend backend, WorkerPool workers, WinogradJob<T>* winograd)
    {
        PanelJob job = new() { Winograd = winograd };
        job.Plan();
        using Scratch<T> images = new(backend, job.Chunks * Points * job.PointStride);
        fixed (T* pImages = &images.Reference())
        {
            job.Images = pImages;
            workers.Run(&TransformTile, &job, checked((int)winograd->Tiles));
            workers.Run(&RunPanel, &job, checked((int)winograd->Panels));
        }
    }

    private static void TransformTile(void* context, int tile)
    {
        ref readonly PanelJob job = ref *(PanelJob*)context;
        for (nint chunk = 0; chunk < job.Chunks; chunk++)
        {
            nint channels = job.CountOf(chunk);
            Winograd<T, TVector>.TransformTile(
                in *job.Winograd, tile, chunk * job.ChannelsPerChunk, channels, job.ImagesOf(chunk) + tile * channels, job.PointStride);
        }
    }

    private static void RunPanel(void* context, int panel)
    {
        ref readonly PanelJob job = ref *(PanelJob*)context;
        ref readonly WinogradJob<T> winograd = ref *job.Winograd;
        nint tiles = winograd.Tiles;
        nint column = (nint)panel * Winograd<T, TVector>.PanelColumns;
        int width = (int)winograd.WidthOf(panel, TVector.Count);
        nint productStride = tiles * width + WinogradJob<T>.Gap;
        nint weightStride = job.ChannelsPerChunk * width + WinogradJob<T>.Gap;
        T* products = (T*)ThreadMemory.Current.Slab(
            (Points * (productStride + weightStride) + Winograd<T, TVector>.BufferLength) * sizeof(T));
        T* weights = products + Points * productStride;
        T* buffer = weights + Points * weightStride;
        for (nint chunk = 0; chunk < job.Chunks; chunk++)
        {
            Winograd<T, TVector>.TransformWeights(in winograd, panel, chunk * job.ChannelsPerChunk, job.CountOf(chunk), buffer, weights, weightStride);
            Multiply(in job, chunk, weights, weightStride, products, productStride, width);
        }
        int columns = (int)Math.Min(width, winograd.Columns - column);
        for (nint tile = 0; tile < tiles; tile++)
            Winograd<T, TVector>.TransformBack(in winograd, tile, products + tile * width, productStride, column, columns);
    }

    /// <summary>The products of the tiles with some channels of a panel, point by point; from the second chunk on they are added.</summary>
    private static void Multiply(in PanelJob job, nint chunk, T* weights, nint weightStride, T* products, nint productStride, int width)
    {
        nint tiles = job.Winograd->Tiles;
        nint channels = job.CountOf(chunk);
        int most = MicroKernels<T, TVector>.MaximumRows;
        nint strips = GemmPlan.CeilingDivide(tiles, most);
        (nint shortHeight, nint tall) = Math.DivRem(tiles, strips);
        Tile<T> tile = new()
        {
            ARowStride = channels * sizeof(T),
            CRowStride = width,
            Columns = width,
            Steps = channels,
            Accumulate = chunk > 0,
        };
        for (nint point = 0; point < Points; point++)
        {
            tile.A = job.ImagesOf(chunk) + point * job.PointStride;
            tile.B = weights + point * weightStride;
            tile.C = products + point * productStride;
            for (nint strip = 0; strip < strips; strip++)
            {
                int height = (int)(strip < tall ? shortHeight + 1 : shortHeight);
                int kernel = MicroKernels<T, TVector>.NumberOf(height, width > TVector.Count, isOfColumns: false, copies: false);
                MicroKernels<T, TVector>.Run(kernel, ref tile);
                tile.A += height * channels;
                tile.C += height * width;
            }
        }
    }

    /// <summary>What the units share. It lives on the caller's stack while workers read it.</summary>
    private struct PanelJob
    {
        public WinogradJob<T>* Winograd;

        /// <summary>For each chunk of channels, each point and each tile the channels.</summary>
        public T* Images;

        public nint ChannelsPerChunk;
        public nint Chunks;

        /// <summary>From a point of the transformed images of a chunk to the next.</summary>
        public readonly nint PointStride => Winograd->Tiles * ChannelsPerChunk + WinogradJob<T>.Gap;

        /// <summary>Cuts the channels into chunks. By sizes alone.</summary>
        public void Plan()
        {
            nint rowBytes = Points * Winograd<T, TVector>.PanelColumns * sizeof(T);
            nint most = Math.Max(TVector.Count, LargestUnit / rowBytes - Winograd->Tiles);
            nint vectors = Winograd->Channels / TVector.Count;
            Chunks = GemmPlan.CeilingDivide(vectors, most / TVector.Count);
            ChannelsPerChunk = GemmPlan.CeilingDivide(vectors, Chunks) * TVector.Count;
            Chunks = GemmPlan.CeilingDivide(Winograd->Channels, ChannelsPerChunk);
        }

        public readonly nint CountOf(nint chunk) => Math.Min(ChannelsPerChunk, Winograd->Channels - chunk * ChannelsPerChunk);

        public readonly T* ImagesOf(nint chunk) => Images + chunk * Points * PointStride;
    }
}
