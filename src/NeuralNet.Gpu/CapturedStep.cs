using System.Diagnostics.CodeAnalysis;
using NeuralNet.Backends.Gpu;

namespace NeuralNet;

/// <summary>A step that a GPU repeats without the host running it: no operations are checked, no graph is built, no memory is taken.</summary>
/// <remarks>
/// <para>
/// A repetition computes with the same tensors: write the next batch into the old one (<see cref="Tensor.CopyFrom"/>), and read results from the tensors
/// that the captured step left. What the step took from the host is as it was: sizes, branches, numbers. An index out of range touches no
/// other memory; it is an <see cref="ArgumentOutOfRangeException"/> of the next read, or of <see cref="GpuDevice.Synchronize"/>.
/// What it drew, and the numbers of the library's optimizers, learning rates included, are those of a further step: weights are the same as without capturing, to the bit.
/// </para>
/// <para>
/// On CUDA it is a graph of the driver, on OpenCL a list of kernels. All memory of the step stays taken until it is disposed. Not for several threads at once.
/// </para>
/// </remarks>
[RequiresDynamicCode("Kernels are compiled at run time: NativeAOT does not have that.")]
[RequiresUnreferencedCode("The code of kernels is read at run time: trimming removes it.")]
public sealed class CapturedStep : IDisposable
{
    private readonly GpuBackend _backend;
    private readonly LaunchRecording _recording;
    private readonly CudaGraph? _graph;
    private bool _isDisposed;

    internal CapturedStep(GpuBackend backend, Device device, Action step)
    {
        _backend = backend;
        _recording = backend.Record(device, step);
        _graph = backend.MakeGraph(_recording);
    }

    /// <summary>Lets the device give the memory back when it captures or replays next, or runs out.</summary>
    ~CapturedStep()
    {
        // Null after a step that could not be captured.
        if (_recording is not null)
            _backend.Drop(_recording, _graph);
    }

    /// <summary>Gets whether it is a graph of CUDA; otherwise kernels are launched one by one, also where the driver refuses a graph.</summary>
    public bool IsGraph => _graph is not null;

    /// <summary>Gets the number of kernels and copies of the step.</summary>
    public int Launches => _recording.Count;

    /// <summary>Does the step once more. It returns before the device has done it; reading a result waits.</summary>
    /// <exception cref="ObjectDisposedException">The step or its device was disposed.</exception>
    /// <exception cref="InvalidOperationException">A parameter was replaced since the step was captured, or another step is being captured.</exception>
    public void Replay()
    {
        if (_isDisposed)
            throw new ObjectDisposedException(nameof(CapturedStep), "CapturedStep.Replay: this step was disposed, and its memory given back. Capture it again.");
        _backend.Repeat(_recording, _graph);
        // Not earlier: the finalizer gives the memory back.
        GC.KeepAlive(this);
    }

    /// <summary>Gives the memory of the step back. Tensors that it left stay as they are.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        GC.SuppressFinalize(this);
        _backend.Forget(_recording, _graph);
    }
}
