using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>Turns columns that are contiguous into rows that are contiguous, by blocks in registers where AVX is there.</summary>
internal static unsafe class Transposition
{
    /// <summary>How many columns are turned at a time.</summary>
    public static int Block<T>()
        where T : unmanaged => Avx.IsSupported ? 32 / sizeof(T) : 1;

    /// <summary>
    /// destination[step, column] = source[column, step]. Steps are written in order and columns from the last block to the first, so those
    /// that the distance of two steps has no room for are overwritten.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(T* source, nint sourceColumn, nint columns, nint steps, T* destination, nint destinationStep)
        where T : unmanaged
    {
        int block = Block<T>();
        nint last = columns - columns % block - block;
        for (nint column = last < 0 ? 0 : columns; column < columns; column++)
        {
            for (nint step = 0; step < steps; step++)
                destination[step * destinationStep + column] = source[column * sourceColumn + step];
        }
        // A last block that is not whole overlaps the one before, and writes the same there; so do the last steps.
        for (nint column = columns - block; column >= 0; column = column > last ? last : column - block)
        {
            T* from = source + column * sourceColumn;
            T* to = destination + column;
            nint step = 0;
            if (block > 1 && steps >= block)
            {
                for (; step < steps; step += block)
                {
                    step = Math.Min(step, steps - block);
                    if (sizeof(T) == sizeof(float))
                        Transpose8((float*)(from + step), sourceColumn, (float*)(to + step * destinationStep), destinationStep);
                    else
                        Transpose4((double*)(from + step), sourceColumn, (double*)(to + step * destinationStep), destinationStep);
                }
            }
            for (; step < steps; step++)
            {
                for (int i = 0; i < block; i++)
                    to[step * destinationStep + i] = from[i * sourceColumn + step];
            }
        }
    }

    /// <summary>Eight by eight: pairs of lines of four, whose halves sit in the two lanes, so that no lane is crossed afterwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose8(float* source, nint line, float* destination, nint destinationLine)
    {
        Quarter(source, line, destination, destinationLine);
        Quarter(source + 4, line, destination + 4 * destinationLine, destinationLine);
    }

    /// <summary>Four elements of eight lines become eight elements of four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(float* source, nint line, float* destination, nint destinationLine)
    {
        Vector256<float> a = Pair(source, source + 4 * line);
        Vector256<float> b = Pair(source + line, source + 5 * line);
        Vector256<float> c = Pair(source + 2 * line, source + 6 * line);
        Vector256<float> d = Pair(source + 3 * line, source + 7 * line);
        Vector256<double> abLow = Avx.UnpackLow(a, b).AsDouble();
        Vector256<double> abHigh = Avx.UnpackHigh(a, b).AsDouble();
        Vector256<double> cdLow = Avx.UnpackLow(c, d).AsDouble();
        Vector256<double> cdHigh = Avx.UnpackHigh(c, d).AsDouble();
        Avx.UnpackLow(abLow, cdLow).AsSingle().Store(destination);
        Avx.UnpackHigh(abLow, cdLow).AsSingle().Store(destination + destinationLine);
        Avx.UnpackLow(abHigh, cdHigh).AsSingle().Store(destination + 2 * destinationLine);
        Avx.UnpackHigh(abHigh, cdHigh).AsSingle().Store(destination + 3 * destinationLine);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(double* source, nint line, double* destination, nint destinationLine)
    {
        for (int half = 0; half < 2; half++)
        {
            Vector256<double> a = Pair(source, source + 2 * line);
            Vector256<double> b = Pair(source + line, source + 3 * line);
            Avx.UnpackLow(a, b).Store(destination);
            Avx.UnpackHigh(a, b).Store(destination + destinationLine);
            source += 2;
            destination += 2 * destinationLine;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pair(float* low, float* high) => Vector256.Create(Vector128.Load(low), Vector128.Load(high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Pair(double* low, double* high) => Vector256.Create(Vector128.Load(low), Vector128.Load(high));
}
