namespace NeuralNet.Gpu.Tests;

/// <summary>The device that the tests run on: the first of the machine, which may be the processor through OpenCL.</summary>
internal static class TestedDevice
{
    /// <summary>Why there is none; null where there is one.</summary>
    public static string? Missing { get; } = GpuDevice.All.Count > 0
        ? null
        : $"No device of CUDA or OpenCL. On Debian, `apt-get install pocl-opencl-icd ocl-icd-libopencl1` makes one of the processor. {GpuDevice.Explain()}";

    public static GpuDevice Device => GpuDevice.Default;
}
