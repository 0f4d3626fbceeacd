using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>
/// A copy where y is consecutive along the row and x along another axis, which the kernel runs over as well; operand 0 is y, operand 1 is
/// x. Small squares, so that every cache line is read and written as a whole.
/// </summary>
internal readonly unsafe struct TransposeRow<T>(nint yStride, nint count, bool useAvx) : IRowKernel
    where T : unmanaged
{
    /// <summary>The side of a square.</summary>
    private const int Side = 8;

    /// <summary>Elements of the row that are taken together: for floats, a cache line of y.</summary>
    private const int BandLength = 16;

    public void Run(in Row row)
    {
        for (nint done = 0; done < row.Count; done += BandLength)
        {
            nint length = Math.Min(BandLength, row.Count - done);
            RunBand(row.P1 + done * row.S1, row.S1, row.P0 + done * sizeof(T), length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunBand(byte* x, nint xStride, byte* y, nint length)
    {
        nint column = 0;
        for (; column <= count - Side; column += Side)
        {
            nint i = 0;
            for (; i <= length - Side; i += Side)
            {
                if (sizeof(T) == sizeof(float) && useAvx)
                    RunSquare((float*)(x + i * xStride), xStride, (float*)y + i, yStride);
                else
                    RunBlock(x + i * xStride, xStride, y + i * sizeof(T), yStride, Side, Side);
            }
            RunBlock(x + i * xStride, xStride, y + i * sizeof(T), yStride, length - i, Side);
            x += Side * sizeof(T);
            y += Side * yStride;
        }
        RunBlock(x, xStride, y, yStride, length, count - column);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunBlock(byte* x, nint xStride, byte* y, nint yStride, nint length, nint columns)
    {
        for (nint column = 0; column < columns; column++)
        {
            byte* source = x + column * sizeof(T);
            T* target = (T*)(y + column * yStride);
            for (nint i = 0; i < length; i++, source += xStride)
                target[i] = *(T*)source;
        }
    }

    /// <summary>Transposes 8 × 8 elements of four bytes: pairs within rows, then pairs of pairs, then halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunSquare(float* x, nint xStride, float* y, nint yStride)
    {
        Vector256<float> a0 = LoadRow(x, xStride, 0);
        Vector256<float> a1 = LoadRow(x, xStride, 1);
        Vector256<float> a2 = LoadRow(x, xStride, 2);
        Vector256<float> a3 = LoadRow(x, xStride, 3);
        Vector256<float> a4 = LoadRow(x, xStride, 4);
        Vector256<float> a5 = LoadRow(x, xStride, 5);
        Vector256<float> a6 = LoadRow(x, xStride, 6);
        Vector256<float> a7 = LoadRow(x, xStride, 7);
        Vector256<float> b0 = Avx.UnpackLow(a0, a1);
        Vector256<float> b1 = Avx.UnpackHigh(a0, a1);
        Vector256<float> b2 = Avx.UnpackLow(a2, a3);
        Vector256<float> b3 = Avx.UnpackHigh(a2, a3);
        Vector256<float> b4 = Avx.UnpackLow(a4, a5);
        Vector256<float> b5 = Avx.UnpackHigh(a4, a5);
        Vector256<float> b6 = Avx.UnpackLow(a6, a7);
        Vector256<float> b7 = Avx.UnpackHigh(a6, a7);
        Vector256<float> c0 = Avx.Shuffle(b0, b2, 0x44);
        Vector256<float> c1 = Avx.Shuffle(b0, b2, 0xEE);
        Vector256<float> c2 = Avx.Shuffle(b1, b3, 0x44);
        Vector256<float> c3 = Avx.Shuffle(b1, b3, 0xEE);
        Vector256<float> c4 = Avx.Shuffle(b4, b6, 0x44);
        Vector256<float> c5 = Avx.Shuffle(b4, b6, 0xEE);
        Vector256<float> c6 = Avx.Shuffle(b5, b7, 0x44);
        Vector256<float> c7 = Avx.Shuffle(b5, b7, 0xEE);
        StoreRow(y, yStride, 0, Avx.Permute2x128(c0, c4, 0x20));
        StoreRow(y, yStride, 1, Avx.Permute2x128(c1, c5, 0x20));
        StoreRow(y, yStride, 2, Avx.Permute2x128(c2, c6, 0x20));
        StoreRow(y, yStride, 3, Avx.Permute2x128(c3, c7, 0x20));
        StoreRow(y, yStride, 4, Avx.Permute2x128(c0, c4, 0x31));
        StoreRow(y, yStride, 5, Avx.Permute2x128(c1, c5, 0x31));
        StoreRow(y, yStride, 6, Avx.Permute2x128(c2, c6, 0x31));
        StoreRow(y, yStride, 7, Avx.Permute2x128(c3, c7, 0x31));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LoadRow(float* x, nint stride, int row) => Vector256.Load((float*)((byte*)x + row * stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(float* y, nint stride, int row, Vector256<float> value) => value.Store((float*)((byte*)y + row * stride));
}
