using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>y = op(x) into another element type along a row; operand 0 is y, operand 1 is x.</summary>
internal readonly unsafe struct ConvertRow<TFrom, TTo, TOp>(TOp op) : IRowKernel
    where TFrom : unmanaged
    where TTo : unmanaged
    where TOp : struct, IConversionOperator<TFrom, TTo>
{
    public void Run(in Row row)
    {
        if (row.S0 != sizeof(TTo) || row.S1 != sizeof(TFrom))
            RunElements(op, row.P1, row.P0, row.S1, row.S0, row.Count);
        else if (!TOp.IsCast || row.Count > int.MaxValue || !RunVectors(row.P1, row.P0, (int)row.Count))
            RunConsecutive(op, (TFrom*)row.P1, (TTo*)row.P0, row.Count);
    }

    /// <summary>Casts between the pairs of element types that have vectors.</summary>
    /// <returns>Whether this is one of them.</returns>
    private static bool RunVectors(byte* x, byte* y, int count)
    {
        if (typeof(TFrom) == typeof(float) && typeof(TTo) == typeof(double))
            TensorPrimitives.ConvertTruncating(new ReadOnlySpan<float>(x, count), new Span<double>(y, count));
        else if (typeof(TFrom) == typeof(double) && typeof(TTo) == typeof(float))
            TensorPrimitives.ConvertTruncating(new ReadOnlySpan<double>(x, count), new Span<float>(y, count));
        else if (typeof(TFrom) == typeof(Half) && typeof(TTo) == typeof(float))
            TensorPrimitives.ConvertTruncating(new ReadOnlySpan<Half>(x, count), new Span<float>(y, count));
        else if (typeof(TFrom) == typeof(float) && typeof(TTo) == typeof(Half))
            TensorPrimitives.ConvertTruncating(new ReadOnlySpan<float>(x, count), new Span<Half>(y, count));
        else if (typeof(TFrom) == typeof(int) && typeof(TTo) == typeof(float))
            TensorPrimitives.ConvertTruncating(new ReadOnlySpan<int>(x, count), new Span<float>(y, count));
        else if (typeof(TFrom) == typeof(int) && typeof(TTo) == typeof(long))
            TensorPrimitives.ConvertTruncating(new ReadOnlySpan<int>(x, count), new Span<long>(y, count));
        else if (typeof(TFrom) == typeof(byte) && typeof(TTo) == typeof(float))
            ConvertBytes(x, (float*)y, count);
        else
            return false;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ConvertBytes(byte* x, float* y, nint count)
    {
        nint i = 0;
        for (; i <= count - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(Vector128.Load(x + i));
            StoreWidened(lower, y + i);
            StoreWidened(upper, y + i + Vector128<ushort>.Count);
        }
        for (; i < count; i++)
            y[i] = x[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreWidened(Vector128<ushort> x, float* y)
    {
        (Vector128<uint> lower, Vector128<uint> upper) = Vector128.Widen(x);
        Vector128.ConvertToSingle(lower.AsInt32()).Store(y);
        Vector128.ConvertToSingle(upper.AsInt32()).Store(y + Vector128<uint>.Count);
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
