using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>y = op(a, b) ? 1 : 0 along a row; operand 0 is y, 1 is a, 2 is b.</summary>
internal readonly unsafe struct CompareRow<T, TOp>(TOp op) : IRowKernel
    where T : unmanaged
    where TOp : struct, IComparisonOperator<T>
{
    public void Run(in Row row) => RunElements(op, row.P1, row.P2, row.P0, row.S1, row.S2, row.S0, row.Count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunElements(TOp op, byte* a, byte* b, byte* y, nint aStride, nint bStride, nint yStride, nint count)
    {
        for (; count > 0; count--, a += aStride, b += bStride, y += yStride)
        {
            // The bits of a bool are 0 or 1; reading them avoids a branch that random data would mispredict.
            bool holds = op.Invoke(*(T*)a, *(T*)b);
            *y = *(byte*)&holds;
        }
    }
}
