using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>The running winners' positions along an axis; operand 0 is x at the axis' first position, 1 is y.</summary>
internal readonly unsafe struct ArgScanRow<T, TOp>(TOp op, nint xStride, nint yStride, long length) : IRowKernel
    where T : unmanaged
    where TOp : struct, IComparisonOperator<T>
{
    public void Run(in Row row)
    {
        for (nint i = 0; i < row.Count; i++)
            RunColumn(op, row.P0 + i * row.S0, xStride, row.P1 + i * row.S1, yStride, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunColumn(TOp op, byte* x, nint xStride, byte* y, nint yStride, long length)
    {
        T best = *(T*)x;
        long winner = 0;
        *(long*)y = 0;
        for (long i = 1; i < length; i++)
        {
            x += xStride;
            y += yStride;
            T candidate = *(T*)x;
            if (op.Invoke(candidate, best))
            {
                best = candidate;
                winner = i;
            }
            *(long*)y = winner;
        }
    }
}
