using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>Device code of <see cref="IMemoryKernels"/>.</summary>
internal static class MemoryKernels
{
    public static void Copy<T>(DeviceShape shape, ArrayView<T> x, DeviceStrides xStrides, ArrayView<T> y, DeviceStrides yStrides)
        where T : unmanaged
    {
        for (long i = GridLoop.Start; i < shape.Length; i += GridLoop.Step)
        {
            DevicePosition position = shape.Locate(i);
            y[yStrides.At(position)] = x[xStrides.At(position)];
        }
    }

    public static void Fill<T>(T value, DeviceShape shape, ArrayView<T> y, DeviceStrides yStrides)
        where T : unmanaged
    {
        for (long i = GridLoop.Start; i < shape.Length; i += GridLoop.Step)
            y[yStrides.At(shape.Locate(i))] = value;
    }
}
