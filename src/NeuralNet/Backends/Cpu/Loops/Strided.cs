using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>Moves elements that lie a stride in bytes apart into consecutive memory and back.</summary>
internal static unsafe class Strided
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather<T>(byte* x, nint stride, T* y, nint count)
        where T : unmanaged
    {
        for (nint i = 0; i < count; i++, x += stride)
            y[i] = *(T*)x;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scatter<T>(T* x, byte* y, nint stride, nint count)
        where T : unmanaged
    {
        for (nint i = 0; i < count; i++, y += stride)
            *(T*)y = x[i];
    }
}
