using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>Sets the elements of a row.</summary>
internal readonly unsafe struct FillRow<T>(T value) : IRowKernel
    where T : unmanaged
{
    public void Run(in Row row)
    {
        if (row.S0 == sizeof(T) && row.Count <= int.MaxValue)
            new Span<T>(row.P0, (int)row.Count).Fill(value);
        else
            RunElements(value, row.P0, row.S0, row.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunElements(T value, byte* y, nint yStride, nint count)
    {
        for (; count > 0; count--, y += yStride)
            *(T*)y = value;
    }
}
