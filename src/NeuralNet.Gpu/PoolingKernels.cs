using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Gpu.Kernels;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Gpu;

internal sealed partial class GpuBackend
{
    /// <summary>An axis that images do not have: one window of one element.</summary>
    private static readonly PoolingAxis s_missing = new(1, [0], [1], [1], 1);

    /// <summary>The lists of windows on this device, which live as long as their axes.</summary>
    private readonly ConditionalWeakTable<PoolingAxis, WindowLists> _windows = [];

    public void MaxPool<T>(View<T> x, PoolingAxis[] axes, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (y.IsEmpty)
            return;
        (WindowLists axis0, WindowLists axis1, WindowLists axis2) = ListsOf(axes);
        Launch(
            Kernels.PoolingKernels.MaxPool, ForItems(y.Layout.Length),
            ArgumentsOf(x.Layout, axes, y.Layout), axis0.Windows, axis1.Windows, axis2.Windows, Elements(x), Elements(y));
    }

    public void MaxPoolIndices<T>(View<T> x, PoolingAxis[] axes, View<long> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (y.IsEmpty)
            return;
        (WindowLists axis0, WindowLists axis1, WindowLists axis2) = ListsOf(axes);
        Launch(
            Kernels.PoolingKernels.MaxPoolIndices, ForItems(y.Layout.Length),
            ArgumentsOf(x.Layout, axes, y.Layout), axis0.Windows, axis1.Windows, axis2.Windows, Elements(x), Elements(y));
    }

    public void MaxPoolGradient<T>(View<T> dy, View<T> x, PoolingAxis[] axes, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (dx.IsEmpty)
            return;
        if (dy.IsEmpty)
        {
            Fill(T.Zero, dx);
            return;
        }
        var places = Layout.ChannelsLast(dy.Layout.Shape);
        using Scratch<long> indices = new(this, places);
        MaxPoolIndices(x, axes, indices.View);
        (WindowLists axis0, WindowLists axis1, WindowLists axis2) = ListsOf(axes);
        Launch(
            Kernels.PoolingKernels.MaxPoolGradient, ForItems(dx.Layout.Length),
            ArgumentsOf(dx.Layout, axes, dy.Layout), axis0.Windows, axis1.Windows, axis2.Windows,
            Elements(dy), Elements(indices), ImageStrides.Of(places), Elements(dx));
    }

    public void AveragePool<T>(View<T> x, PoolingAxis[] axes, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (y.IsEmpty)
            return;
        (WindowLists axis0, WindowLists axis1, WindowLists axis2) = ListsOf(axes);
        Launch(
            Kernels.PoolingKernels.AveragePool, ForItems(y.Layout.Length),
            ArgumentsOf(x.Layout, axes, y.Layout), axis0.Windows, axis1.Windows, axis2.Windows,
            axis0.Lengths<T>(), axis1.Lengths<T>(), axis2.Lengths<T>(), Elements(x), Elements(y));
    }

    public void AveragePoolGradient<T>(View<T> dy, PoolingAxis[] axes, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (dx.IsEmpty)
            return;
        if (dy.IsEmpty)
        {
            Fill(T.Zero, dx);
            return;
        }
        (WindowLists axis0, WindowLists axis1, WindowLists axis2) = ListsOf(axes);
        Launch(
            Kernels.PoolingKernels.AveragePoolGradient, ForItems(dx.Layout.Length),
            ArgumentsOf(dx.Layout, axes, dy.Layout), axis0.Windows, axis1.Windows, axis2.Windows,
            axis0.Lengths<T>(), axis1.Lengths<T>(), axis2.Lengths<T>(), Elements(dy), Elements(dx));
    }

    private static PoolingSizes ArgumentsOf(Layout x, PoolingAxis[] axes, Layout y)
    {
        SpatialSizes.RequireNumbered(x);
        SpatialSizes.RequireNumbered(y);
        Span<long> dilations = stackalloc long[axes.Length];
        for (int axis = 0; axis < axes.Length; axis++)
            dilations[axis] = axes[axis].Dilation;
        return new()
        {
            Images = checked((int)x.Sizes[0]),
            Channels = checked((int)x.Sizes[1]),
            X = SpatialSizes.Of(x.Sizes[2..], 1),
            Y = SpatialSizes.Of(y.Sizes[2..], 1),
            Dilation = SpatialSizes.Of(dilations, 1),
            XStrides = ImageStrides.Of(x),
            YStrides = ImageStrides.Of(y),
        };
    }

    private (WindowLists Axis0, WindowLists Axis1, WindowLists Axis2) ListsOf(PoolingAxis[] axes) =>
        (ListsOf(axes.Length > 2 ? axes[^3] : s_missing), ListsOf(axes.Length > 1 ? axes[^2] : s_missing), ListsOf(axes[^1]));

    private WindowLists ListsOf(PoolingAxis axis) =>
        _windows.TryGetValue(axis, out WindowLists? lists) ? lists : _windows.GetOrAdd(axis, created => new(this, created));

    /// <summary>The windows of one axis in the memory of a device.</summary>
    private sealed class WindowLists
    {
        private readonly GpuBackend _backend;
        private readonly GpuStorage _windows;
        private readonly GpuStorage _singles;
        private readonly GpuStorage _doubles;

        public WindowLists(GpuBackend backend, PoolingAxis axis)
        {
            _backend = backend;
            long[] windows = new long[2 * axis.Count + 2 * axis.Size];
            axis.Starts.CopyTo(windows);
            axis.Counts.CopyTo(windows.AsSpan(axis.Count));
            Span<long> first = windows.AsSpan(2 * axis.Count, (int)axis.Size);
            Span<long> last = windows.AsSpan(2 * axis.Count + (int)axis.Size);
            first.Fill(0);
            last.Fill(-1);
            for (int window = axis.Count - 1; window >= 0; window--)
            {
                for (long i = 0; i < axis.Counts[window]; i++)
                {
                    int place = (int)(axis.Starts[window] + i * axis.Dilation);
                    first[place] = window;
                    last[place] = Math.Max(last[place], window);
                }
            }
            _windows = Store<long>(backend, windows);
            _singles = Store<float>(backend, Array.ConvertAll(axis.Lengths.ToArray(), length => (float)length));
            _doubles = Store<double>(backend, Array.ConvertAll(axis.Lengths.ToArray(), length => (double)length));
        }

        public ILGPU.ArrayView<long> Windows => _backend.Hold<long>(_windows);

        public ILGPU.ArrayView<T> Lengths<T>()
            where T : unmanaged, IFloatingPointIeee754<T> => _backend.Hold<T>(Constants<T>.IsFloat ? _singles : _doubles);

        private static GpuStorage Store<TNumber>(GpuBackend backend, ReadOnlySpan<TNumber> numbers)
            where TNumber : unmanaged
        {
            var storage = (GpuStorage)backend.Allocate(numbers.Length * Unsafe.SizeOf<TNumber>());
            HostTransfer.Upload(backend, numbers, storage, 0);
            return storage;
        }
    }
}
