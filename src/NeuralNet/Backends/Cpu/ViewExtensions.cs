using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Cpu;

/// <summary>Access to the host memory behind a view.</summary>
internal static class ViewExtensions
{
    /// <summary>
    /// The element at the view's offset. Kernels pin it for as long as they run: <c>fixed (T* p = &amp;view.Reference())</c>.
    /// </summary>
    public static ref T Reference<T>(this View<T> view)
        where T : unmanaged
    {
        ref byte start = ref Unsafe.As<CpuStorage>(view.Storage).Reference;
        return ref Unsafe.Add(ref Unsafe.As<byte, T>(ref start), (nint)view.Layout.Offset);
    }

    /// <summary>The first element of scratch memory; pin it for as long as a kernel runs.</summary>
    public static ref T Reference<T>(this Scratch<T> scratch)
        where T : unmanaged => ref Unsafe.As<byte, T>(ref Unsafe.As<CpuStorage>(scratch.Storage).Reference);

    /// <summary>The elements of scratch memory; valid until it is disposed.</summary>
    public static Span<T> Elements<T>(this Scratch<T> scratch)
        where T : unmanaged => MemoryMarshal.CreateSpan(ref scratch.Reference(), checked((int)scratch.Length));
}
