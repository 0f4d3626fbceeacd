namespace NeuralNet.Gpu.Tests;

/// <summary>A test that needs a device of CUDA or OpenCL; elsewhere it is skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GpuTheoryAttribute : TheoryAttribute
{
    public GpuTheoryAttribute() => Skip = TestedDevice.Missing;
}

/// <inheritdoc cref="GpuTheoryAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GpuFactAttribute : FactAttribute
{
    public GpuFactAttribute() => Skip = TestedDevice.Missing;
}
