using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>
/// y at an index = op(y at the index, updates), along the axis for a row of lanes; operand 0 are the updates, operand 1 is y, operand 2 the
/// index, each at the axis' first position. Along the axis the updates are applied in order.
/// </summary>
internal readonly unsafe struct ScatterReduceRow<T, TOp>(TOp op) : IRowKernel
    where T : unmanaged
    where TOp : struct, IBinaryOperator<T>
{
    /// <summary>The number of updates along the axis.</summary>
    public required long Length { get; init; }

    /// <summary>The distance in bytes of neighbours along the axis.</summary>
    public required nint UpdateStride { get; init; }

    /// <inheritdoc cref="UpdateStride"/>
    public required nint TargetStride { get; init; }

    /// <inheritdoc cref="UpdateStride"/>
    public required nint IndexStride { get; init; }

    public void Run(in Row row)
    {
        if (row.S2 == 0)
            RunRows(row);
        else
            RunElements(row);
    }

    /// <summary>All lanes go to the same place of y: one row after the other, which walks along memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunRows(in Row row)
    {
        for (long i = 0; i < Length; i++)
        {
            byte* update = row.P0 + (nint)i * UpdateStride;
            byte* target = row.P1 + (nint)(*(long*)(row.P2 + (nint)i * IndexStride)) * TargetStride;
            for (nint count = row.Count; count > 0; count--)
            {
                *(T*)target = op.Invoke(*(T*)target, *(T*)update);
                update += row.S0;
                target += row.S1;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunElements(in Row row)
    {
        for (nint lane = 0; lane < row.Count; lane++)
        {
            byte* update = row.P0 + lane * row.S0;
            byte* y = row.P1 + lane * row.S1;
            byte* index = row.P2 + lane * row.S2;
            for (long i = 0; i < Length; i++)
            {
                byte* target = y + (nint)(*(long*)index) * TargetStride;
                *(T*)target = op.Invoke(*(T*)target, *(T*)update);
                update += UpdateStride;
                index += IndexStride;
            }
        }
    }
}
