using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>Asks for memory before it is read or written, where its order is not one that processors foresee.</summary>
internal static unsafe class Ahead
{
    /// <summary>The bytes that come at once.</summary>
    public const int LineBytes = 64;

    /// <summary>Asks for some addresses that lie a step apart. They need not exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Touch<T>(T* address, nint step, nint count)
        where T : unmanaged
    {
        if (!Sse.IsSupported)
            return;
        for (; count >= 4; count -= 4, address += 4 * step)
        {
            Sse.Prefetch0(address);
            Sse.Prefetch0(address + step);
            Sse.Prefetch0(address + 2 * step);
            Sse.Prefetch0(address + 3 * step);
        }
        for (; count > 0; count--, address += step)
            Sse.Prefetch0(address);
    }

    /// <summary>Asks for some elements that follow on each other. They need not exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TouchAll<T>(T* first, nint count)
        where T : unmanaged => Touch((byte*)first, LineBytes, (count * sizeof(T) + LineBytes - 1) / LineBytes);
}
