using System.Diagnostics.CodeAnalysis;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Gpu;

/// <summary>The compute interface on a GPU; one file per role interface. The device is opened when it is first used.</summary>
[RequiresDynamicCode("ILGPU reads the code of kernels at run time.")]
[RequiresUnreferencedCode("ILGPU reads the code of kernels at run time.")]
internal sealed partial class GpuBackend : IComputeBackend, IDisposable
{
    /// <summary>The threads of a group, in all kernels.</summary>
    public const int GroupSize = 256;

    /// <summary>More groups than that find work for several rounds: for each multiprocessor.</summary>
    private const int GroupsPerMultiprocessor = 32;

    /// <summary>A driver of OpenCL need not bear several threads, not even on several devices.</summary>
    private static readonly Lock s_openCL = new();

    /// <summary>The device of OpenCL that was used last.</summary>
    private static GpuBackend? s_lastOpenCL;

    private readonly string _name;
    private readonly ILGPU.Runtime.Device _hardware;
    private readonly Lock _gate;
    private readonly Lazy<BufferPool> _pool;
    private Accelerator? _accelerator;
    private AcceleratorStream? _stream;
    private KernelLoader? _loader;
    private GpuBlocks? _blocks;
    private UploadStaging? _staging;
    private CuBlas? _library;
    private int _multiprocessors;
    private bool _isClosed;

    public GpuBackend(string name, ILGPU.Runtime.Device hardware)
    {
        _name = name;
        _hardware = hardware;
        _gate = hardware.AcceleratorType == AcceleratorType.OpenCL ? s_openCL : new();
        _pool = new(() => new BufferPool(name, Blocks()));
    }

    /// <summary>How exactly matrices are multiplied.</summary>
    public Precision Precision { get; set; }

    /// <summary>Whether NVIDIA's library multiplies matrices where it is installed.</summary>
    public bool UsesLibrary { get; set; } = true;

    /// <summary>Whether it is installed. Opens the device.</summary>
    public bool HasLibrary
    {
        get
        {
            Blocks();
            return _library is not null;
        }
    }

    public void Synchronize()
    {
        lock (_gate)
        {
            if (_accelerator is null && !_isClosed)
                return;
            Loader();
            WaitForAll();
            RequireIndicesInRange();
        }
    }

    public void FreeCached()
    {
        if (!_pool.IsValueCreated || _isClosed)
            return;
        ForgetDropped();
        _pool.Value.FreeCached();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            if (_accelerator is null)
                return;
            _accelerator.Bind();
            _stream!.Synchronize();
            _library?.Dispose();
            _blocks!.FreeAll();
            _accelerator.Dispose();
            if (s_lastOpenCL == this)
                s_lastOpenCL = null;
        }
    }

    /// <summary>The opened device's loader of kernels; the thread may use the device from now on. The lock is held.</summary>
    private KernelLoader Loader()
    {
        Open();
        if (_gate == s_openCL && s_lastOpenCL != this)
        {
            // PoCL compiles while it computes, and not for two devices at a time.
            if (s_lastOpenCL is { _isClosed: false })
                s_lastOpenCL._stream!.Synchronize();
            s_lastOpenCL = this;
        }
        _accelerator.Bind();
        return _loader;
    }

    /// <summary>Waits until the device has done everything. The lock is held.</summary>
    private void WaitForAll()
    {
        _stream!.Synchronize();
        _staging!.Reset();
    }

    private GpuBlocks Blocks()
    {
        lock (_gate)
        {
            Open();
            return _blocks;
        }
    }

    [MemberNotNull(nameof(_accelerator), nameof(_stream), nameof(_loader), nameof(_blocks))]
    private void Open()
    {
        RequireOpen();
        if (_accelerator is not null && _stream is not null && _loader is not null && _blocks is not null)
            return;
        Accelerator accelerator = _hardware.CreateAccelerator(GpuPlatform.Context);
        // CUDA cannot capture what is launched on its default stream.
        _stream = accelerator.AcceleratorType == AcceleratorType.Cuda ? accelerator.CreateStream() : accelerator.DefaultStream;
        _staging = new(accelerator, _stream);
        _library = _stream is CudaStream stream ? CuBlas.TryOpen(accelerator, stream) : null;
        _loader = new(accelerator, _name);
        _blocks = new(accelerator, _gate, ForgetDropped);
        _multiprocessors = Math.Max(1, accelerator.NumMultiprocessors);
        _accelerator = accelerator;
    }

    private void RequireOpen()
    {
        if (_isClosed)
            throw new ObjectDisposedException(_name, $"{_name}: this device was closed, and its tensors with it. Bring what is needed elsewhere before Dispose, with To.");
    }

    /// <summary>How many groups the device runs at a time, at the least. Opens the device.</summary>
    private int Multiprocessors
    {
        get
        {
            if (_multiprocessors == 0)
                Blocks();
            return _multiprocessors;
        }
    }

    /// <summary>As many groups as there is work for, within reason: kernels share any number of items among them.</summary>
    private KernelConfig ForItems(long items) => ForGroups((items + GroupSize - 1) / GroupSize);

    /// <summary>A number of groups, within reason.</summary>
    private KernelConfig ForGroups(long groups) => new((int)Math.Clamp(groups, 1, (long)GroupsPerMultiprocessor * Multiprocessors), GroupSize);

    private ArrayView<T> Elements<T>(View<T> view)
        where T : unmanaged => Hold<T>(view.Storage);

    private ArrayView<T> Elements<T>(Scratch<T> scratch)
        where T : unmanaged => Hold<T>(scratch.Storage);
}
