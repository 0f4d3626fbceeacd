using System.Numerics;
using NeuralNet.Backends.Cpu.Convolution;
using NeuralNet.Backends.Cpu.Pooling;
using NeuralNet.Backends.Cpu.Simd;

namespace NeuralNet.Backends.Cpu;

internal sealed unsafe partial class CpuBackend
{
    public void MaxPool<T>(View<T> x, PoolingAxis[] axes, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => RunPooling(x, y, y, axes, (nint)Loops<T>().Max, overLines: true);

    public void MaxPoolIndices<T>(View<T> x, PoolingAxis[] axes, View<long> y)
        where T : unmanaged, IFloatingPointIeee754<T> => RunPooling(x, y, y, axes, (nint)Loops<T>().Indices, overLines: true);

    public void MaxPoolGradient<T>(View<T> dy, View<T> x, PoolingAxis[] axes, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using ChannelsLast<T> gradients = new(this, dy, stackalloc long[axes.Length], dy.Layout.Sizes[2..]);
        RunPooling(x, gradients.View, dx, axes, (nint)Loops<T>().MaxGradient, overLines: false);
    }

    public void AveragePool<T>(View<T> x, PoolingAxis[] axes, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => RunPooling(x, y, y, axes, (nint)Loops<T>().Average, overLines: true);

    public void AveragePoolGradient<T>(View<T> dy, PoolingAxis[] axes, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using ChannelsLast<T> gradients = new(this, dy, stackalloc long[axes.Length], dy.Layout.Sizes[2..]);
        RunPooling(dx, gradients.View, dx, axes, (nint)Loops<T>().AverageGradient, overLines: false);
    }

    private void RunPooling<T, TPooled, TResult>(View<T> x, View<TPooled> y, View<TResult> result, PoolingAxis[] axes, nint body, bool overLines)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TPooled : unmanaged
        where TResult : unmanaged
    {
        if (result.IsEmpty)
            return;
        bool isPartition = Array.TrueForAll(axes, axis => axis.IsPartition);
        if (!overLines && !isPartition)
            Fill(default, result);
        if (y.IsEmpty)
            return;
        using ChannelsLast<T> images = new(this, x, stackalloc long[axes.Length], x.Layout.Sizes[2..]);
        long windows = Extent.Count - 1 - axes.Length;
        foreach (PoolingAxis axis in axes)
            windows += axis.Count;
        using Scratch<long> list = new(this, 3 * windows);
        fixed (T* px = &images.View.Reference())
        fixed (TPooled* py = &y.Reference())
        fixed (TResult* pResult = &result.Reference())
        fixed (long* pWindows = &list.Reference())
        {
            PoolingJob<T> job = new()
            {
                X = px,
                Y = (T*)py,
                Result = pResult,
                Channels = (nint)x.Layout.Sizes[1],
                Sizes = Extent.SizesOf(y.Layout),
                Inside = Extent.SizesOf(x.Layout),
                XStrides = Extent.StridesOf(images.View.Layout),
                YStrides = Extent.StridesOf(y.Layout),
                ResultStrides = Extent.StridesOf(result.Layout),
                Dilation = Extent.OfSpatial(stackalloc long[0], missing: 1),
                Windows = pWindows,
                IsPartition = isPartition,
                IsOfPairs = isPartition && axes[^1].IsOfPairs,
            };
            List(ref job, axes);
            var run = (delegate*<void*, int, void>)body;
            _workers.Run(run, &job, overLines ? job.PlanLines() : job.PlanChannels());
            StreamingStore.Finish();
        }
    }

    /// <summary>Writes the windows of all axes down; those that the images do not have are one window of one element.</summary>
    private static void List<T>(ref PoolingJob<T> job, PoolingAxis[] axes)
        where T : unmanaged
    {
        long* window = job.Windows;
        int missing = Extent.Count - 1 - axes.Length;
        for (int place = 1; place < Extent.Count; place++)
        {
            int axis = place - 1 - missing;
            long dilation = axis < 0 ? 1 : axes[axis].Dilation;
            job.Dilation[place] = (nint)dilation;
            job.Steps[place] = (nint)dilation * job.XStrides[place];
            job.ResultSteps[place] = (nint)dilation * job.ResultStrides[place];
            for (int i = 0; i < (axis < 0 ? 1 : axes[axis].Count); i++, window += 3)
            {
                window[0] = axis < 0 ? 0 : axes[axis].Starts[i];
                window[1] = axis < 0 ? 1 : axes[axis].Counts[i];
                window[2] = axis < 0 ? 1 : axes[axis].Lengths[i];
            }
        }
    }

    private PoolingBodies Loops<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => _instructionSet switch
        {
            InstructionSet.Avx512 => Bodies<T, Vector512Simd<T>>(),
            InstructionSet.Avx2 => Bodies<T, Vector256Simd<T>>(),
            InstructionSet.Vector128 => Bodies<T, Vector128Simd<T>>(),
            _ => Bodies<T, ScalarSimd<T>>(),
        };

    private static PoolingBodies Bodies<T, TVector>()
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : struct, ISimd<TVector, T> => new()
        {
            Max = &PoolingLoops<T, TVector>.Max,
            Indices = &PoolingLoops<T, TVector>.Indices,
            MaxGradient = &PoolingGradients<T, TVector>.Max,
            Average = &PoolingLoops<T, TVector>.Average,
            AverageGradient = &PoolingGradients<T, TVector>.Average,
        };

    /// <summary>The loops for one kind of vector.</summary>
    private struct PoolingBodies
    {
        public delegate*<void*, int, void> Max;
        public delegate*<void*, int, void> Indices;
        public delegate*<void*, int, void> MaxGradient;
        public delegate*<void*, int, void> Average;
        public delegate*<void*, int, void> AverageGradient;
    }
}
