using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>What happens to a tile of c after its sum is complete, while it is still in the nearest cache.</summary>
internal static unsafe class Epilogue
{
    /// <summary>Adds the bias, then replaces negative elements by 0; NaN stays. The same bits as the separate operations.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply<T, TVector>(in MatMulProblem<T> problem, T* c, nint column, int rows, int columns)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T>
    {
        T* bias = problem.Bias == null ? null : problem.Bias + column * problem.BiasColumn;
        bool isBiasContiguous = problem.BiasColumn == 1;
        for (int row = 0; row < rows; row++, c += problem.CRow)
        {
            int i = 0;
            if (bias == null || isBiasContiguous)
            {
                for (; i <= columns - TVector.Count; i += TVector.Count)
                {
                    TVector x = TVector.Load(c + i);
                    if (bias != null)
                        x += TVector.Load(bias + i);
                    (problem.Relu ? Relu<TVector, T>(x) : x).Store(c + i);
                }
            }
            for (; i < columns; i++)
            {
                // One element at a time goes through a vector too, so that generic code needs no arithmetic on T.
                TVector x = TVector.Create(c[i]);
                if (bias != null)
                    x += TVector.Create(bias[i * problem.BiasColumn]);
                c[i] = (problem.Relu ? Relu<TVector, T>(x) : x)[0];
            }
        }
    }

    /// <summary>Sets c to the part of a tile that lies inside it, or adds that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Merge<T, TVector>(T* tile, nint tileRow, T* c, nint cRow, int rows, int columns, bool accumulate)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T>
    {
        for (int row = 0; row < rows; row++, c += cRow, tile += tileRow)
        {
            int i = 0;
            for (; i <= columns - TVector.Count; i += TVector.Count)
            {
                TVector x = TVector.Load(tile + i);
                (accumulate ? TVector.Load(c + i) + x : x).Store(c + i);
            }
            for (; i < columns; i++)
                c[i] = accumulate ? (TVector.Create(c[i]) + TVector.Create(tile[i]))[0] : tile[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Relu<TVector, T>(TVector x)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T>
    {
        TVector zero = TVector.Create(default);
        return TVector.Select(TVector.GreaterOrEqual(zero, x), zero, x);
    }
}
