using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>
/// A copy where y is consecutive along the row and x along another axis, which the kernel runs over as well; operand 0 is y, operand 1 is
/// x. Small squares, so that every cache line is read and written as a whole.
/// </summary>
internal readonly unsafe struct TransposeRow<T>(nint yStride, nint count, InstructionSet instructionSet) : IRowKernel
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
        // Squares are turned by instructions that have no emulation.
        if (sizeof(T) == sizeof(float) && instructionSet == InstructionSet.Avx512 && Avx512F.IsSupported && length == BandLength)
        {
            // Whole cache lines of both: where the distance of rows is a power of two, all of them compete for a few places in the cache.
            for (; column <= count - BandLength; column += BandLength)
            {
                TransposeSquare.Run((float*)x, xStride, (float*)y, yStride);
                x += BandLength * sizeof(T);
                y += BandLength * yStride;
            }
        }
        for (; column <= count - Side; column += Side)
        {
            nint i = 0;
            for (; i <= length - Side; i += Side)
            {
                if (sizeof(T) == sizeof(float) && instructionSet >= InstructionSet.Avx2 && Avx.IsSupported)
                    TransposeSquare.RunHalf((float*)(x + i * xStride), xStride, (float*)y + i, yStride);
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
}
