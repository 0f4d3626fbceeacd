using System.Collections.Concurrent;
using ILGPU;
using ILGPU.Runtime.Cuda;
using NeuralNet.Memory;

namespace NeuralNet.Backends.Gpu;

// Steps that are recorded once and then repeated without the work of the host.
internal sealed partial class GpuBackend
{
    /// <summary>Steps that were dropped instead of disposed of: a finalizer must not speak to the device.</summary>
    private readonly ConcurrentQueue<(LaunchRecording Recording, CudaGraph? Graph)> _dropped = [];
    private LaunchRecording? _recording;
    private LaunchRecording? _repeated;

    /// <summary>Steps that were repeated since the device was last waited for, and check indices.</summary>
    private readonly HashSet<LaunchRecording> _unchecked = [];

    /// <summary>The index out of range that a step met of which nothing else is left.</summary>
    private (string Text, long Index)? _found;

    /// <summary>The recording of the step that this thread runs.</summary>
    private LaunchRecording? Recording => _recording is { IsOfThisThread: true, Step.IsPaused: false } recording ? recording : null;

    /// <summary>Runs a step, and records what the device does.</summary>
    /// <exception cref="InvalidOperationException">Another step is being recorded.</exception>
    public LaunchRecording Record(Device device, Action step)
    {
        ForgetDropped();
        LaunchRecording recording = new(this, device);
        if (Interlocked.CompareExchange(ref _recording, recording, null) is not null)
            throw new InvalidOperationException($"{_name}: this device captures another step. Capture one after the other.");
        try
        {
            recording.Step.Record(step);
        }
        catch
        {
            recording.Dispose();
            throw;
        }
        finally
        {
            _recording = null;
        }
        return recording;
    }

    /// <summary>Makes a recording a graph of CUDA, which its driver starts as one; null where there is no CUDA, or one that lacks graphs.</summary>
    public CudaGraph? MakeGraph(LaunchRecording recording)
    {
        lock (_gate)
        {
            Loader();
            return _stream is CudaStream stream ? CudaGraph.TryCapture(stream.StreamPtr, () => recording.Run(stream)) : null;
        }
    }

    /// <summary>Does again what was recorded.</summary>
    /// <exception cref="InvalidOperationException">The thread captures another step.</exception>
    public void Repeat(LaunchRecording recording, CudaGraph? graph)
    {
        if (StepRecording.Current is not null)
            throw new InvalidOperationException($"{_name}: a step that is captured replays another. Replay one after the other.");
        ForgetDropped();
        lock (_gate)
        {
            Loader();
            recording.Claim();
            _repeated = recording;
            try
            {
                recording.Prepare();
            }
            finally
            {
                _repeated = null;
            }
            if (graph is not null)
                graph.Launch();
            else
                recording.Run(_stream!);
            if (recording.ChecksIndices)
                _unchecked.Add(recording);
        }
    }

    /// <summary>Lets go of a recording.</summary>
    public void Forget(LaunchRecording recording, CudaGraph? graph)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                // The device may still read the constants of the step.
                Loader();
                WaitForAll();
                if (_unchecked.Remove(recording))
                    _found ??= recording.FindOutOfRange(_stream!);
                graph?.Dispose();
            }
        }
        recording.Dispose();
    }

    /// <summary>Lets go of a recording later: called by a finalizer.</summary>
    public void Drop(LaunchRecording recording, CudaGraph? graph) => _dropped.Enqueue((recording, graph));

    private void ForgetDropped()
    {
        while (_dropped.TryDequeue(out (LaunchRecording Recording, CudaGraph? Graph) dropped))
            Forget(dropped.Recording, dropped.Graph);
    }

    /// <summary>The memory of an operand, which a recording keeps.</summary>
    private ArrayView<T> Hold<T>(Storage storage)
        where T : unmanaged
    {
        Recording?.Hold(storage);
        return ((GpuStorage)storage).Elements<T>();
    }

    /// <summary>Sees whether repeated steps met indices out of range. The lock is held, and the device has done everything.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One did.</exception>
    private void RequireIndicesInRange()
    {
        (string Text, long Index)? found = _found;
        _found = null;
        while (found is null && _unchecked.Count > 0)
        {
            LaunchRecording recording = _unchecked.First();
            _unchecked.Remove(recording);
            found = recording.FindOutOfRange(_stream!);
        }
        if (found is var (text, index))
        {
            throw new ArgumentOutOfRangeException(
                nameof(index),
                index,
                $"{_name}: a step that was replayed met {text}. What it computed is not to be used: check the indices that you copy in before "
                    + "Replay, and take the weights of before.");
        }
    }

    private void RequireUnrecorded()
    {
        if (Recording is not null)
        {
            throw new InvalidOperationException(
                $"{_name}: a step that is captured reads from the device, which its repetitions could not. Read results after Replay, and compute on the device only.");
        }
    }
}
