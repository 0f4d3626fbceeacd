using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NeuralNet.Backends.Cpu.Loops;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Cpu;

internal sealed unsafe partial class CpuBackend
{
    public MemoryStatistics Statistics => _pool.Statistics;

    public Storage Allocate(long byteLength) =>
        byteLength <= ArrayCache.LargestLength ? new ArrayStorage((int)byteLength) : _pool.Rent(byteLength);

    public Storage AllocateScalar<T>(T value)
        where T : unmanaged
    {
        ArrayStorage storage = new(Unsafe.SizeOf<T>());
        Unsafe.WriteUnaligned(ref storage.Reference, value);
        return storage;
    }

    public void Upload(ReadOnlySpan<byte> source, Storage destination, long byteOffset)
    {
        ref byte start = ref Unsafe.Add(ref Unsafe.As<CpuStorage>(destination).Reference, (nint)byteOffset);
        source.CopyTo(MemoryMarshal.CreateSpan(ref start, source.Length));
    }

    public void Download(Storage source, long byteOffset, Span<byte> destination)
    {
        ref byte start = ref Unsafe.Add(ref Unsafe.As<CpuStorage>(source).Reference, (nint)byteOffset);
        MemoryMarshal.CreateReadOnlySpan(ref start, destination.Length).CopyTo(destination);
    }

    public void Copy<T>(View<T> x, View<T> y)
        where T : unmanaged
    {
        if (y.IsEmpty)
            return;
        fixed (T* px = &x.Reference(), py = &y.Reference())
        {
            // Elements are moved as bits of their size, so that element types share the code.
            switch (sizeof(T))
            {
                case 1:
                    Copy((byte*)px, x.Layout, (byte*)py, y.Layout);
                    break;
                case 2:
                    Copy((ushort*)px, x.Layout, (ushort*)py, y.Layout);
                    break;
                case 4:
                    Copy((uint*)px, x.Layout, (uint*)py, y.Layout);
                    break;
                case 8:
                    Copy((ulong*)px, x.Layout, (ulong*)py, y.Layout);
                    break;
                default:
                    Copy(px, x.Layout, py, y.Layout);
                    break;
            }
        }
    }

    public void Fill<T>(T value, View<T> y)
        where T : unmanaged
    {
        if (y.IsEmpty)
            return;
        fixed (T* py = &y.Reference())
        {
            if (y.Layout.Length < RowLoop.ParallelFrom && y.Layout.IsDense)
                new Span<T>(py, (int)y.Layout.Length).Fill(value);
            else
                FillByPlan(value, py, y.Layout);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FillByPlan<T>(T value, T* y, Layout layout)
        where T : unmanaged
    {
        LoopPlan plan = new(y, sizeof(T), layout);
        plan.Merge();
        RowLoop.Run(_workers, plan, new FillRow<T>(value));
    }

    private void Copy<T>(T* x, Layout xLayout, T* y, Layout yLayout)
        where T : unmanaged
    {
        long length = yLayout.Length;
        if (length < RowLoop.ParallelFrom && yLayout.IsDense && xLayout.SameOrderAs(yLayout))
            Buffer.MemoryCopy(x, y, length * sizeof(T), length * sizeof(T));
        else
            CopyByPlan(x, xLayout, y, yLayout);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CopyByPlan<T>(T* x, Layout xLayout, T* y, Layout yLayout)
        where T : unmanaged
    {
        LoopPlan plan = new(y, sizeof(T), yLayout);
        plan.Add(x, sizeof(T), xLayout);
        plan.Merge();
        int transposed = FindTransposed(plan, sizeof(T));
        if (transposed < 0)
        {
            RowLoop.Run(_workers, plan, default(CopyRow<T>));
            return;
        }
        nint count = (nint)plan.Size(transposed);
        nint stride = (nint)plan.Stride(transposed, 0);
        plan.Remove(transposed);
        RowLoop.Run(_workers, plan, new TransposeRow<T>(stride, count, _instructionSet), count);
    }

    /// <summary>The axis along which x is consecutive, if that is not the one along which y is; otherwise −1.</summary>
    private static int FindTransposed(in LoopPlan plan, int elementSize)
    {
        int inner = plan.Rank - 1;
        if (plan.Stride(inner, 0) != elementSize || plan.Stride(inner, 1) <= elementSize)
            return -1;
        for (int axis = 0; axis < inner; axis++)
        {
            if (plan.Stride(axis, 1) == elementSize)
                return axis;
        }
        return -1;
    }
}
