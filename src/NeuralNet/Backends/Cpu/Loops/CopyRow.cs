using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>y = x along a row; operand 0 is y, operand 1 is x.</summary>
internal readonly unsafe struct CopyRow<T> : IRowKernel
    where T : unmanaged
{
    public void Run(in Row row)
    {
        if (row.S0 == sizeof(T) && row.S1 == sizeof(T))
            Buffer.MemoryCopy(row.P1, row.P0, row.Count * sizeof(T), row.Count * sizeof(T));
        else if (row.S0 == sizeof(T) && row.S1 == 0 && row.Count <= int.MaxValue)
            new Span<T>(row.P0, (int)row.Count).Fill(*(T*)row.P1);
        else
            RunElements(row.P1, row.P0, row.S1, row.S0, row.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunElements(byte* x, byte* y, nint xStride, nint yStride, nint count)
    {
        for (; count > 0; count--, x += xStride, y += yStride)
            *(T*)y = *(T*)x;
    }
}
