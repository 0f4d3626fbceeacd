using System.Runtime.CompilerServices;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Gpu;

/// <summary>A contiguous copy of an operand in host memory, for what the processor must do.</summary>
internal readonly ref struct HostOperand<T>
    where T : unmanaged
{
    private HostOperand(Shape shape)
    {
        var layout = Layout.Contiguous(shape);
        View = new(HostOperand.Backend.Allocate(layout.Length * Unsafe.SizeOf<T>()), layout);
    }

    public View<T> View { get; }

    private long ByteLength => View.Layout.Length * Unsafe.SizeOf<T>();

    /// <summary>Takes memory for a result.</summary>
    public static HostOperand<T> Make(Shape shape) => new(shape);

    /// <summary>Copies an operand from a device.</summary>
    public static HostOperand<T> Read(IComputeBackend device, View<T> x)
    {
        HostOperand<T> copy = new(x.Layout.Shape);
        using Scratch<T> contiguous = new(device, copy.View.Layout);
        device.Copy(x, contiguous.View);
        HostTransfer.Download(device, contiguous.Storage, 0, copy.Elements());
        return copy;
    }

    /// <summary>Copies the elements to a device.</summary>
    public void Write(IComputeBackend device, View<T> y)
    {
        using Scratch<T> contiguous = new(device, View.Layout);
        HostTransfer.Upload<T>(device, Elements(), contiguous.Storage, 0);
        device.Copy(contiguous.View, y);
    }

    public void Dispose() => View.Storage.RemoveOwner();

    private Span<T> Elements() =>
        System.Runtime.InteropServices.MemoryMarshal.CreateSpan(
            ref Unsafe.As<byte, T>(ref ((CpuStorage)View.Storage).Reference), checked((int)(ByteLength / Unsafe.SizeOf<T>())));
}

/// <summary>The processor, which does for a GPU what that cannot.</summary>
internal static class HostOperand
{
    public static IComputeBackend Backend => Device.Cpu.Backend;
}
