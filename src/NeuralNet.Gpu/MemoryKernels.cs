using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU.Runtime;
using NeuralNet.Backends.Gpu.Kernels;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Gpu;

internal sealed partial class GpuBackend
{
    public MemoryStatistics Statistics => _pool.IsValueCreated ? _pool.Value.Statistics : default;

    public Storage Allocate(long byteLength)
    {
        RequireOpen();
        nint block = _pool.Value.RentBlock(byteLength, out int sizeClass);
        return new GpuStorage(_pool.Value, block, _blocks![block], byteLength, sizeClass);
    }

    public Storage AllocateScalar<T>(T value)
        where T : unmanaged
    {
        Storage storage = Allocate(Unsafe.SizeOf<T>());
        Fill(value, new View<T>(storage, Layout.Scalar));
        return storage;
    }

    public void Upload(ReadOnlySpan<byte> source, Storage destination, long byteOffset)
    {
        if (source.IsEmpty)
            return;
        UploadUnrecorded(source, destination, byteOffset);
        if (Recording is not { } recording)
            return;
        lock (_gate)
        {
            PageLockedArray1D<byte> copy = _accelerator!.AllocatePageLocked1D<byte>(source.Length, uninitialized: true);
            source.CopyTo(copy.Span);
            recording.AddCopy(copy, Hold<byte>(destination).SubView(byteOffset, source.Length));
        }
    }

    /// <summary>Copies host memory into a block, and not again when a step is repeated.</summary>
    public unsafe void UploadUnrecorded(ReadOnlySpan<byte> source, Storage destination, long byteOffset)
    {
        lock (_gate)
        {
            Loader();
            ILGPU.ArrayView<byte> target = ((GpuStorage)destination).Elements<byte>().SubView(byteOffset, source.Length);
            if (source.Length <= UploadStaging.LargestBytes)
            {
                target.CopyFromCPUUnsafeAsync(_stream!, ref MemoryMarshal.GetReference(_staging!.Stage(source)), source.Length);
                return;
            }
            // The device copies when what was queued before is done: until then the memory must not move.
            fixed (byte* start = source)
            {
                target.CopyFromCPU(_stream!, ref *start, source.Length);
                WaitForAll();
            }
        }
    }

    public unsafe void Download(Storage source, long byteOffset, Span<byte> destination)
    {
        if (destination.IsEmpty)
            return;
        RequireUnrecorded();
        lock (_gate)
        {
            Loader();
            fixed (byte* start = destination)
            {
                ((GpuStorage)source).Elements<byte>().SubView(byteOffset, destination.Length).CopyToCPU(_stream!, ref *start, destination.Length);
                WaitForAll();
            }
            RequireIndicesInRange();
        }
    }

    public void Copy<T>(View<T> x, View<T> y)
        where T : unmanaged
    {
        if (y.IsEmpty)
            return;
        // Elements are moved as bits of their size, so that element types share the code.
        switch (Unsafe.SizeOf<T>())
        {
            case 1:
                CopyBits(x.As<T, byte>(), y.As<T, byte>());
                break;
            case 2:
                CopyBits(x.As<T, ushort>(), y.As<T, ushort>());
                break;
            case 4:
                CopyBits(x.As<T, uint>(), y.As<T, uint>());
                break;
            default:
                CopyBits(x.As<T, ulong>(), y.As<T, ulong>());
                break;
        }
    }

    public void Fill<T>(T value, View<T> y)
        where T : unmanaged
    {
        if (y.IsEmpty)
            return;
        switch (Unsafe.SizeOf<T>())
        {
            case 1:
                FillBits(Unsafe.BitCast<T, byte>(value), y.As<T, byte>());
                break;
            case 2:
                FillBits(Unsafe.BitCast<T, ushort>(value), y.As<T, ushort>());
                break;
            case 4:
                FillBits(Unsafe.BitCast<T, uint>(value), y.As<T, uint>());
                break;
            default:
                FillBits(Unsafe.BitCast<T, ulong>(value), y.As<T, ulong>());
                break;
        }
    }

    private void CopyBits<T>(View<T> x, View<T> y)
        where T : unmanaged
    {
        var plan = DevicePlan.InMemoryOrder(y.Layout, x.Layout);
        Launch(Kernels.MemoryKernels.Copy, ForItems(plan.Shape.Length), plan.Shape, Elements(x), plan.A, Elements(y), plan.Y);
    }

    private void FillBits<T>(T value, View<T> y)
        where T : unmanaged
    {
        var plan = DevicePlan.InMemoryOrder(y.Layout);
        Launch(Kernels.MemoryKernels.Fill, ForItems(plan.Shape.Length), value, plan.Shape, Elements(y), plan.Y);
    }
}
