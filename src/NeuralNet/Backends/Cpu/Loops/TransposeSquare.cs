using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>Transposes squares of elements of four bytes in registers. Strides are distances of rows in bytes.</summary>
internal static unsafe class TransposeSquare
{
    /// <summary>Transposes 16 × 16 elements, by AVX-512: first within every four rows, then quarters of vectors among them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(float* x, nint xStride, float* y, nint yStride)
    {
        nint xFour = 4 * xStride;
        Four a = TransposeFour((byte*)x, xStride);
        Four b = TransposeFour((byte*)x + xFour, xStride);
        Four c = TransposeFour((byte*)x + 2 * xFour, xStride);
        Four d = TransposeFour((byte*)x + 3 * xFour, xStride);
        StoreColumns(a.R0, b.R0, c.R0, d.R0, (byte*)y, yStride);
        StoreColumns(a.R1, b.R1, c.R1, d.R1, (byte*)y + yStride, yStride);
        StoreColumns(a.R2, b.R2, c.R2, d.R2, (byte*)y + 2 * yStride, yStride);
        StoreColumns(a.R3, b.R3, c.R3, d.R3, (byte*)y + 3 * yStride, yStride);
    }

    /// <summary>Transposes 8 × 8 elements of four bytes: pairs within rows, then pairs of pairs, then halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunHalf(float* x, nint xStride, float* y, nint yStride)
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

    /// <summary>Four rows of 16; quarter q of the k-th result holds the four elements of column 4q + k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Four TransposeFour(byte* x, nint stride)
    {
        Vector512<float> x0 = Vector512.Load((float*)x);
        Vector512<float> x1 = Vector512.Load((float*)(x + stride));
        Vector512<float> x2 = Vector512.Load((float*)(x + 2 * stride));
        Vector512<float> x3 = Vector512.Load((float*)(x + 3 * stride));
        Vector512<float> low01 = Avx512F.UnpackLow(x0, x1);
        Vector512<float> high01 = Avx512F.UnpackHigh(x0, x1);
        Vector512<float> low23 = Avx512F.UnpackLow(x2, x3);
        Vector512<float> high23 = Avx512F.UnpackHigh(x2, x3);
        return new()
        {
            R0 = Avx512F.Shuffle(low01, low23, 0x44),
            R1 = Avx512F.Shuffle(low01, low23, 0xEE),
            R2 = Avx512F.Shuffle(high01, high23, 0x44),
            R3 = Avx512F.Shuffle(high01, high23, 0xEE),
        };
    }

    /// <summary>Writes the columns k, k + 4, k + 8 and k + 12, whose quarters are spread over four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreColumns(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, byte* y, nint stride)
    {
        Vector512<float> evenAB = Avx512F.Shuffle4x128(a, b, 0x88);
        Vector512<float> oddAB = Avx512F.Shuffle4x128(a, b, 0xDD);
        Vector512<float> evenCD = Avx512F.Shuffle4x128(c, d, 0x88);
        Vector512<float> oddCD = Avx512F.Shuffle4x128(c, d, 0xDD);
        Avx512F.Shuffle4x128(evenAB, evenCD, 0x88).Store((float*)y);
        Avx512F.Shuffle4x128(oddAB, oddCD, 0x88).Store((float*)(y + 4 * stride));
        Avx512F.Shuffle4x128(evenAB, evenCD, 0xDD).Store((float*)(y + 8 * stride));
        Avx512F.Shuffle4x128(oddAB, oddCD, 0xDD).Store((float*)(y + 12 * stride));
    }

    private struct Four
    {
        public Vector512<float> R0;
        public Vector512<float> R1;
        public Vector512<float> R2;
        public Vector512<float> R3;
    }
}
