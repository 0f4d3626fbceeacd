using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>The micro-kernels of every height, for one kind of vector.</summary>
internal static class MicroKernels<T, TVector>
    where T : unmanaged
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>
    /// AVX-512 has 32 registers: 28 accumulators, two vectors of b and one of a. The others have 16, of which this leaves one free.
    /// </summary>
    public static int MaximumRows => Unsafe.SizeOf<TVector>() == 64 ? 14 : 6;

    /// <summary>Computes a tile of this many rows; the width is the type parameter's.</summary>
    public static void Run<TVectors>(int rows, in Tile<T> tile)
        where TVectors : struct, ICount
    {
        switch (rows)
        {
            case 1:
                MicroKernel<T, TVector, N1, TVectors>.Run(in tile);
                break;
            case 2:
                MicroKernel<T, TVector, N2, TVectors>.Run(in tile);
                break;
            case 3:
                MicroKernel<T, TVector, N3, TVectors>.Run(in tile);
                break;
            case 4:
                MicroKernel<T, TVector, N4, TVectors>.Run(in tile);
                break;
            case 5:
                MicroKernel<T, TVector, N5, TVectors>.Run(in tile);
                break;
            case 6:
                MicroKernel<T, TVector, N6, TVectors>.Run(in tile);
                break;
            case 7:
                MicroKernel<T, TVector, N7, TVectors>.Run(in tile);
                break;
            case 8:
                MicroKernel<T, TVector, N8, TVectors>.Run(in tile);
                break;
            case 9:
                MicroKernel<T, TVector, N9, TVectors>.Run(in tile);
                break;
            case 10:
                MicroKernel<T, TVector, N10, TVectors>.Run(in tile);
                break;
            case 11:
                MicroKernel<T, TVector, N11, TVectors>.Run(in tile);
                break;
            case 12:
                MicroKernel<T, TVector, N12, TVectors>.Run(in tile);
                break;
            case 13:
                MicroKernel<T, TVector, N13, TVectors>.Run(in tile);
                break;
            case 14:
                MicroKernel<T, TVector, N14, TVectors>.Run(in tile);
                break;
            default:
                throw new UnreachableException();
        }
    }
}
