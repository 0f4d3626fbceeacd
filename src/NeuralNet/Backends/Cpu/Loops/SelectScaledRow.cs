using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>y = condition ≠ 0 ? scale·x : 0 along a row; operand 0 is y, 1 the condition, 2 is x.</summary>
internal readonly unsafe struct SelectScaledRow<T>(T scale) : IRowKernel
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public void Run(in Row row)
    {
        nint done = 0;
        if (Constants<T>.IsFloat && row.S0 == sizeof(T) && row.S1 == 1 && row.S2 == sizeof(T))
            done = RunVectors(row.P1, (float*)row.P2, Unsafe.BitCast<T, float>(scale), (float*)row.P0, row.Count);
        RunElements(row, scale, done);
    }

    /// <summary>Whole vectors; returns the number of elements in them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint RunVectors(byte* condition, float* x, float scale, float* y, nint count)
    {
        Vector128<float> scales = Vector128.Create(scale);
        nint done = 0;
        for (; done <= count - Vector64<byte>.Count; done += Vector64<byte>.Count)
        {
            Vector128<ushort> conditions = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)(condition + done)).AsByte());
            (Vector128<uint> lower, Vector128<uint> upper) = Vector128.Widen(conditions);
            Select(lower, done);
            Select(upper, done + Vector128<uint>.Count);

            void Select(Vector128<uint> chosen, nint i)
            {
                Vector128<float> isDropped = Vector128.Equals(chosen, Vector128<uint>.Zero).AsSingle();
                Vector128.AndNot(Vector128.Load(x + i) * scales, isDropped).Store(y + i);
            }
        }
        return done;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunElements(in Row row, T scale, nint done)
    {
        byte* y = row.P0 + done * row.S0;
        byte* condition = row.P1 + done * row.S1;
        byte* x = row.P2 + done * row.S2;
        nint yStride = row.S0;
        nint conditionStride = row.S1;
        nint xStride = row.S2;
        for (nint count = row.Count - done; count > 0; count--)
        {
            T scaled = *(T*)x * scale;
            *(T*)y = *condition != 0 ? scaled : T.Zero;
            y += yStride;
            condition += conditionStride;
            x += xStride;
        }
    }
}
