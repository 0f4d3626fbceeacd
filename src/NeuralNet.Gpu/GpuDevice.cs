using System.Diagnostics.CodeAnalysis;
using ILGPU.Runtime;
using NeuralNet.Backends.Gpu;

namespace NeuralNet;

/// <summary>A graphics processor, through CUDA or OpenCL.</summary>
/// <remarks>
/// Only the driver need be installed. Work is queued: an operation returns before the device has done it, and reading a result waits. One
/// device may be used by several threads, whose operations it takes one after the other.
/// </remarks>
/// <example><code>
/// model.To(GpuDevice.Default);
/// Tensor y = model.Forward(x.To(GpuDevice.Default));
/// </code></example>
[RequiresDynamicCode("Kernels are compiled at run time: NativeAOT does not have that.")]
[RequiresUnreferencedCode("The code of kernels is read at run time: trimming removes it.")]
public sealed class GpuDevice : Device, IDisposable
{
    private static readonly Lazy<IReadOnlyList<GpuDevice>> s_all = new(Find);

    private readonly GpuBackend _backend;
    private readonly ILGPU.Runtime.Device _hardware;

    private GpuDevice(string name, GpuBackend backend, ILGPU.Runtime.Device hardware)
        : base(name, backend)
    {
        _backend = backend;
        _hardware = hardware;
        Description = hardware.Name;
        MemoryBytes = hardware.MemorySize;
        IsCuda = hardware.AcceleratorType == AcceleratorType.Cuda;
    }

    /// <summary>Gets the devices of this machine that can be used, those of CUDA first. Empty where there is none: <see cref="Explain"/> says why.</summary>
    public static IReadOnlyList<GpuDevice> All => s_all.Value;

    /// <summary>Gets the first of <see cref="All"/>.</summary>
    /// <exception cref="DeviceException">There is none; the message says what was looked for.</exception>
    public static GpuDevice Default => All.Count > 0 ? All[0] : throw new DeviceException(
        $"GpuDevice.Default: no GPU can be used on this machine. Compute on Device.Cpu, or see to what is missing:{Environment.NewLine}{Explain()}");

    /// <summary>Gets the name that the hardware gives itself.</summary>
    public string Description { get; }

    /// <summary>Gets the size of its memory in bytes.</summary>
    public long MemoryBytes { get; }

    /// <summary>Gets whether it is used through CUDA; otherwise through OpenCL.</summary>
    public bool IsCuda { get; }

    /// <summary>Gets or sets how exactly matrices of <see cref="DType.Float32"/> are multiplied; <see cref="Precision.Full"/> at first.</summary>
    /// <remarks><see cref="Precision.TensorCores"/> is a permission: only products that cuBLAS computes use it, on CUDA and where it is installed.</remarks>
    public Precision Precision
    {
        get => _backend.Precision;
        set => _backend.Precision = value;
    }

    /// <summary>The backend, for what measures and checks it.</summary>
    internal GpuBackend Gpu => _backend;

    /// <summary>Says what drivers and devices were found on this machine, and what was not and why.</summary>
    /// <returns>Some lines of text.</returns>
    public static string Explain() => GpuPlatform.Explanation;

    /// <summary>Gets a device by its name.</summary>
    /// <param name="name"><c>gpu</c> is the first, <c>cuda</c> and <c>opencl</c> the first of theirs; <c>cuda:1</c>, <c>opencl:0</c> count from 0.</param>
    /// <returns>The device, or <see cref="Device.Cpu"/> for <c>cpu</c>.</returns>
    /// <exception cref="DeviceException">There is no such device; the message lists those that are.</exception>
    public static Device Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name == "cpu")
            return Cpu;
        if (name == "gpu")
            return Default;
        string full = name.Contains(':', StringComparison.Ordinal) ? name : $"{name}:0";
        string names = string.Join(", ", All.Select(device => device.Name).Prepend("cpu"));
        return All.FirstOrDefault(device => device.Name == full) ?? throw new DeviceException(
            $"GpuDevice.Named: there is no device {name}. There are: {names}.{Environment.NewLine}{Explain()}");
    }

    /// <summary>Waits until the device has done all that was asked of it.</summary>
    /// <exception cref="ObjectDisposedException">The device was closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A step that was replayed met an index out of range.</exception>
    public void Synchronize() => _backend.Synchronize();

    /// <summary>Runs a step on this device once, and keeps what the device did, to repeat it without the work of the host.</summary>
    /// <param name="step">
    /// What to do: a whole training step, or a forward pass. It must not read results, and shapes must stay as they are. Run it once before, so that
    /// lazy layers have their sizes.
    /// </param>
    /// <returns>The step, made once. Dispose it to give its memory back.</returns>
    /// <exception cref="InvalidOperationException">
    /// The step does what a repetition could not: it reads from the device, draws random numbers elsewhere, steps an optimizer of your own or of another device, or gives a layer its sizes. Or another is being captured.
    /// </exception>
    /// <example><code>
    /// using CapturedStep step = device.Capture(() =>
    /// {
    ///     optimizer.ZeroGrad();
    ///     loss = criterion.Forward(model.Forward(x), y);
    ///     loss.Backward();
    ///     optimizer.Step();
    /// });
    /// foreach ((Tensor images, Tensor labels) in batches)
    /// {
    ///     x.CopyFrom(images.To(device));
    ///     y.CopyFrom(labels.To(device));
    ///     step.Replay();
    /// }
    /// </code></example>
    public CapturedStep Capture(Action step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return new(_backend, this, step);
    }

    /// <summary>Gives back the memory that is kept for reuse.</summary>
    public void FreeCachedMemory() => _backend.FreeCached();

    /// <summary>Closes the device, with all its tensors: to use one of them is an <see cref="ObjectDisposedException"/>. Not needed before the process ends; and for good, since <see cref="Default"/> and <see cref="All"/> give the same devices for the whole process.</summary>
    public void Dispose() => _backend.Dispose();

    /// <summary>Opens the hardware once more, as a device of its own.</summary>
    internal GpuDevice OpenAgain(string name) => Create(name, _hardware);

    private static GpuDevice Create(string name, ILGPU.Runtime.Device hardware) => new(name, new GpuBackend(name, hardware), hardware);

    private static List<GpuDevice> Find()
    {
        List<GpuDevice> devices = [];
        foreach (ILGPU.Runtime.Device hardware in GpuPlatform.Devices)
        {
            string kind = hardware.AcceleratorType == AcceleratorType.Cuda ? "cuda" : "opencl";
            string name = $"{kind}:{devices.Count(device => device.Name.StartsWith(kind, StringComparison.Ordinal))}";
            devices.Add(Create(name, hardware));
        }
        return devices;
    }
}
