using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>y = x at an index along a row; operand 0 is y, operand 1 is x at the axis' first position, operand 2 the index.</summary>
internal readonly unsafe struct GatherRow<T>(nint axisStride) : IRowKernel
    where T : unmanaged
{
    public void Run(in Row row)
    {
        if (row.S2 == 0 && row.S0 == sizeof(T) && row.S1 == sizeof(T))
        {
            byte* source = row.P1 + (nint)(*(long*)row.P2) * axisStride;
            Buffer.MemoryCopy(source, row.P0, row.Count * sizeof(T), row.Count * sizeof(T));
        }
        else
        {
            RunElements(row, axisStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunElements(in Row row, nint axisStride)
    {
        byte* y = row.P0;
        byte* x = row.P1;
        byte* index = row.P2;
        nint yStride = row.S0;
        nint xStride = row.S1;
        nint indexStride = row.S2;
        for (nint count = row.Count; count > 0; count--)
        {
            *(T*)y = *(T*)(x + (nint)(*(long*)index) * axisStride);
            y += yStride;
            x += xStride;
            index += indexStride;
        }
    }
}
