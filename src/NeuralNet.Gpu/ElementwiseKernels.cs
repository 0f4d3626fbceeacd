using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Gpu.Kernels;

namespace NeuralNet.Backends.Gpu;

internal sealed partial class GpuBackend
{
    public void Unary<T, TOp>(TOp op, View<T> x, View<T> y)
        where T : unmanaged
        where TOp : struct, IUnaryOperator<T>
    {
        if (y.IsEmpty)
            return;
        var plan = DevicePlan.InMemoryOrder(y.Layout, x.Layout);
        Launch(Kernels.ElementwiseKernels.Unary, ForItems(plan.Shape.Length), op, plan.Shape, Elements(x), plan.A, Elements(y), plan.Y);
    }

    public void Binary<T, TOp>(TOp op, View<T> a, View<T> b, View<T> y)
        where T : unmanaged
        where TOp : struct, IBinaryOperator<T>
    {
        if (y.IsEmpty)
            return;
        var plan = DevicePlan.InMemoryOrder(y.Layout, a.Layout, b.Layout);
        Launch(
            Kernels.ElementwiseKernels.Binary, ForItems(plan.Shape.Length),
            op, plan.Shape, Elements(a), plan.A, Elements(b), plan.B, Elements(y), plan.Y);
    }

    public void Compare<T, TOp>(TOp op, View<T> a, View<T> b, View<byte> y)
        where T : unmanaged
        where TOp : struct, IComparisonOperator<T>
    {
        if (y.IsEmpty)
            return;
        var plan = DevicePlan.InMemoryOrder(y.Layout, a.Layout, b.Layout);
        Launch(
            Kernels.ElementwiseKernels.Compare, ForItems(plan.Shape.Length),
            op, plan.Shape, Elements(a), plan.A, Elements(b), plan.B, Elements(y), plan.Y);
    }

    public void Select<T>(View<byte> condition, View<T> a, View<T> b, View<T> y)
        where T : unmanaged
    {
        if (y.IsEmpty)
            return;
        switch (Unsafe.SizeOf<T>())
        {
            case 1:
                SelectBits(condition, a.As<T, byte>(), b.As<T, byte>(), y.As<T, byte>());
                break;
            case 2:
                SelectBits(condition, a.As<T, ushort>(), b.As<T, ushort>(), y.As<T, ushort>());
                break;
            case 4:
                SelectBits(condition, a.As<T, uint>(), b.As<T, uint>(), y.As<T, uint>());
                break;
            default:
                SelectBits(condition, a.As<T, ulong>(), b.As<T, ulong>(), y.As<T, ulong>());
                break;
        }
    }

    public void SelectScaled<T>(View<byte> condition, View<T> x, T scale, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (y.IsEmpty)
            return;
        var plan = DevicePlan.InMemoryOrder(y.Layout, x.Layout, condition.Layout);
        Launch(
            Kernels.ElementwiseKernels.SelectScaled, ForItems(plan.Shape.Length),
            plan.Shape, Elements(condition), plan.B, Elements(x), plan.A, scale, Elements(y), plan.Y);
    }

    public void Convert<TFrom, TTo, TOp>(TOp op, View<TFrom> x, View<TTo> y)
        where TFrom : unmanaged
        where TTo : unmanaged
        where TOp : struct, IConversionOperator<TFrom, TTo>
    {
        if (y.IsEmpty)
            return;
        // Kernels have no numbers of 16 bits.
        if (Unsafe.SizeOf<TFrom>() == 2 || Unsafe.SizeOf<TTo>() == 2)
        {
            using HostOperand<TFrom> from = HostOperand<TFrom>.Read(this, x);
            using HostOperand<TTo> to = HostOperand<TTo>.Make(y.Layout.Shape);
            HostOperand.Backend.Convert(op, from.View, to.View);
            to.Write(this, y);
            return;
        }
        var plan = DevicePlan.InMemoryOrder(y.Layout, x.Layout);
        Launch(
            Kernels.ElementwiseKernels.Convert<TFrom, TTo, TOp>, ForItems(plan.Shape.Length),
            op, plan.Shape, Elements(x), plan.A, Elements(y), plan.Y);
    }

    public void Sequence<T>(T start, T step, View<T> y)
        where T : unmanaged, INumber<T>
    {
        if (y.IsEmpty)
            return;
        var plan = DevicePlan.InLogicalOrder(y.Layout);
        if (typeof(T) == typeof(float))
            Run(Kernels.ElementwiseKernels.SequenceOfSingles, y.As<T, float>(), Unsafe.BitCast<T, float>(start), Unsafe.BitCast<T, float>(step), plan);
        else if (typeof(T) == typeof(double))
            Run(Kernels.ElementwiseKernels.SequenceOfDoubles, y.As<T, double>(), Unsafe.BitCast<T, double>(start), Unsafe.BitCast<T, double>(step), plan);
        else if (typeof(T) == typeof(int))
            Run(Kernels.ElementwiseKernels.SequenceOfInt32s, y.As<T, int>(), Unsafe.BitCast<T, int>(start), Unsafe.BitCast<T, int>(step), plan);
        else if (typeof(T) == typeof(long))
            Run(Kernels.ElementwiseKernels.SequenceOfInt64s, y.As<T, long>(), Unsafe.BitCast<T, long>(start), Unsafe.BitCast<T, long>(step), plan);
        else
            Run(Kernels.ElementwiseKernels.SequenceOfBytes, y.As<T, byte>(), Unsafe.BitCast<T, byte>(start), Unsafe.BitCast<T, byte>(step), plan);

        void Run<TNumber>(
            Action<TNumber, TNumber, DeviceShape, ILGPU.ArrayView<TNumber>, DeviceStrides> kernel,
            View<TNumber> numbers,
            TNumber first,
            TNumber distance,
            DevicePlan places)
            where TNumber : unmanaged =>
            Launch(kernel, ForItems(places.Shape.Length), first, distance, places.Shape, Elements(numbers), places.Y);
    }

    private void SelectBits<T>(View<byte> condition, View<T> a, View<T> b, View<T> y)
        where T : unmanaged
    {
        var plan = DevicePlan.InMemoryOrder(y.Layout, a.Layout, b.Layout, condition.Layout);
        Launch(
            Kernels.ElementwiseKernels.Select, ForItems(plan.Shape.Length),
            plan.Shape, Elements(condition), plan.C, Elements(a), plan.A, Elements(b), plan.B, Elements(y), plan.Y);
    }
}
