using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>The running results along an axis, for a row of columns; operand 0 is x at the axis' first position, 1 is y.</summary>
internal readonly unsafe struct ScanRow<T, TAcc, TOp>(TOp op, nint xStride, nint yStride, long length) : IRowKernel
    where T : unmanaged
    where TAcc : unmanaged
    where TOp : struct, IReductionOperator<T, TAcc>
{
    public void Run(in Row row)
    {
        if (xStride <= row.S0 || row.Count == 1)
        {
            for (nint i = 0; i < row.Count; i++)
                RunColumn(op, row.P0 + i * row.S0, xStride, row.P1 + i * row.S1, yStride, length);
            return;
        }
        RunColumns(op, row, xStride, yStride, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunColumn(TOp op, byte* x, nint xStride, byte* y, nint yStride, long length)
    {
        TAcc running = op.Lift(*(T*)x);
        *(TAcc*)y = running;
        for (long i = 1; i < length; i++)
        {
            x += xStride;
            y += yStride;
            running = op.Combine(running, op.Lift(*(T*)x));
            *(TAcc*)y = running;
        }
    }

    /// <summary>Goes along the axis for all columns at once, because these lie closer in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunColumns(TOp op, in Row row, nint xStride, nint yStride, long length)
    {
        byte* x = row.P0;
        byte* y = row.P1;
        for (nint column = 0; column < row.Count; column++)
            *(TAcc*)(y + column * row.S1) = op.Lift(*(T*)(x + column * row.S0));
        for (long i = 1; i < length; i++)
        {
            byte* before = y;
            x += xStride;
            y += yStride;
            for (nint column = 0; column < row.Count; column++)
            {
                TAcc running = *(TAcc*)(before + column * row.S1);
                *(TAcc*)(y + column * row.S1) = op.Combine(running, op.Lift(*(T*)(x + column * row.S0)));
            }
        }
    }
}
