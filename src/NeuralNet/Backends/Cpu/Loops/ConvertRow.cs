using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>y = op(x) into another element type along a row; operand 0 is y, operand 1 is x.</summary>
internal readonly unsafe struct ConvertRow<TFrom, TTo, TOp>(TOp op) : IRowKernel
    where TFrom : unmanaged
    where TTo : unmanaged
    where TOp : struct, IConversionOperator<TFrom, TTo>
{
    public void Run(in Row row)
    {
        if (row.S0 == sizeof(TTo) && row.S1 == sizeof(TFrom))
            RunConsecutive(op, (TFrom*)row.P1, (TTo*)row.P0, row.Count);
        else
            RunElements(op, row.P1, row.P0, row.S1, row.S0, row.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunConsecutive(TOp op, TFrom* x, TTo* y, nint count)
    {
        for (nint i = 0; i < count; i++)
            y[i] = op.Invoke(x[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunElements(TOp op, byte* x, byte* y, nint xStride, nint yStride, nint count)
    {
        for (; count > 0; count--, x += xStride, y += yStride)
            *(TTo*)y = op.Invoke(*(TFrom*)x);
    }
}
