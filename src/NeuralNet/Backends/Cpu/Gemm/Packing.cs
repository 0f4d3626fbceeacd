using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>Copies of operands into memory that suits the micro-kernel; here transposes and other strides come to an end.</summary>
internal static unsafe class Packing
{
    private const int CacheLine = 64;
    private const int PanelsWorthACopy = 4;

    /// <summary>Rows at a multiple of this distance compete for the same places of the first-level cache.</summary>
    private const int CollidingDistance = 2048;

    /// <summary>Whether reading a block of a where it lies, once for each panel, costs more than copying it.</summary>
    public static bool IsBlockWorthCopying<T>(nint row, nint step, nint rows, nint panels)
        where T : unmanaged
    {
        if (panels < 2)
            return false;
        nint distance = (step == 1 ? row : step) * sizeof(T);
        return panels >= PanelsWorthACopy || (distance % CollidingDistance == 0 && rows > 1) || (step != 1 && row != 1);
    }

    /// <summary>Copies a block of a, in the orientation that it has, and returns the copy and its strides.</summary>
    public static T* CopyBlock<T, TVector>(T* source, ref nint row, ref nint step, nint rows, nint steps, T* destination)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T>
    {
        // The padding keeps the distance of neighbours off the powers of two.
        nint padding = CacheLine / sizeof(T);
        if (row == 1 && step != 1)
        {
            nint length = RoundUp(rows, padding) + padding;
            CopyLines<T, TVector>(source, step, row, steps, rows, destination, length);
            (row, step) = (1, length);
        }
        else
        {
            nint length = RoundUp(steps, padding) + padding;
            CopyLines<T, TVector>(source, row, step, rows, steps, destination, length);
            (row, step) = (length, 1);
        }
        return destination;
    }

    /// <summary>Copies a panel of b: for each step its columns one after the other, filled up with zeros to the packed width.</summary>
    public static void PackPanel<T, TVector>(
        T* source, nint step, nint column, nint steps, int width, int packedWidth, T* destination)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T>
    {
        if (width < packedWidth)
            new Span<byte>(destination, checked((int)(steps * packedWidth * sizeof(T)))).Clear();
        if (step == 1 && column != 1)
            Transposition.Run(source, column, width, steps, destination, packedWidth);
        else
            CopyLines<T, TVector>(source, step, column, steps, width, destination, packedWidth);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyLines<T, TVector>(
        T* source, nint sourceLine, nint sourceElement, nint lines, nint length, T* destination, nint destinationLine)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T>
    {
        nint vectorized = sourceElement == 1 ? length - length % TVector.Count : 0;
        for (; lines > 0; lines--, source += sourceLine, destination += destinationLine)
        {
            nint i = 0;
            for (; i < vectorized; i += TVector.Count)
                TVector.Load(source + i).Store(destination + i);
            for (; i < length; i++)
                destination[i] = source[i * sourceElement];
        }
    }

    private static nint RoundUp(nint value, nint multiple) => (value + multiple - 1) / multiple * multiple;
}
