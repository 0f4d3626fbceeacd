using NeuralNet.Backends;
using NeuralNet.Backends.Cpu;

namespace NeuralNet;

/// <summary>Where a tensor's data lie and its ops run.</summary>
/// <example><code>var y = x.To(Device.Cpu);</code></example>
public abstract class Device
{
    private static int s_lastCpu;

    private readonly IComputeBackend? _backend;

    internal Device(string name, IComputeBackend? backend)
    {
        Name = name;
        _backend = backend;
    }

    /// <summary>Gets the processor, used on all cores (see <see cref="CpuOptions"/>); the default device.</summary>
    public static Device Cpu { get; } = new CpuDevice("cpu", new());

    /// <summary>
    /// Gets the device of tensors that have a shape and a dtype and no data. Ops on it infer shapes and stop, so that the shapes inside any
    /// model are found by running it there.
    /// </summary>
    public static Device Meta { get; } = new MetaDevice();

    /// <summary>Gets the name, such as <c>cpu</c>; those of <see cref="CreateCpu"/> are <c>cpu:1</c>, <c>cpu:2</c>, ….</summary>
    public string Name { get; }

    /// <summary>Gets a snapshot of the tensor memory of this device.</summary>
    public MemoryStatistics MemoryStatistics => _backend?.Statistics ?? default;

    internal bool IsMeta => _backend is null;

    /// <summary>Whether the host can read the memory.</summary>
    internal bool IsHost => _backend is CpuBackend;

    internal IComputeBackend Backend =>
        _backend ?? throw new DeviceException("meta: tensors on this device have no data. Compute on Device.Cpu to have values.");

    /// <summary>Makes a device of its own from options, for instance to use fewer threads or narrower vectors.</summary>
    /// <remarks>Tensors of two devices do not mix, even if both are the processor.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is not positive.</exception>
    public static Device CreateCpu(CpuOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string name = $"cpu:{Interlocked.Increment(ref s_lastCpu)}";
        return new CpuDevice(name, options);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private sealed class CpuDevice(string name, CpuOptions options) : Device(name, new CpuBackend(options, name));

    private sealed class MetaDevice() : Device("meta", null);
}
