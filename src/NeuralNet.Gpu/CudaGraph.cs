using System.Runtime.InteropServices;
using ILGPU.Runtime;

namespace NeuralNet.Backends.Gpu;

/// <summary>
/// A sequence of kernels and copies that CUDA's driver starts as one: a graph of the driver's API, whose functions ILGPU does not offer. The caller holds the lock
/// of the device, and the device's context is current.
/// </summary>
internal sealed unsafe class CudaGraph
{
    /// <summary>CU_STREAM_CAPTURE_MODE_RELAXED: the thread may call any function in the meantime.</summary>
    private const int RelaxedCapture = 2;

    private static readonly Lazy<Functions?> s_functions = new(Functions.TryLoad);

    private readonly nint _stream;
    private nint _executable;

    private CudaGraph(nint stream, nint executable)
    {
        _stream = stream;
        _executable = executable;
    }

    /// <summary>Makes a graph of what is launched on a stream; nothing of it runs yet.</summary>
    /// <returns>The graph; null where the driver has none, or refuses.</returns>
    public static CudaGraph? TryCapture(nint stream, Action launch)
    {
        if (s_functions.Value is not { } functions || functions.BeginCapture(stream, RelaxedCapture) != 0)
            return null;
        nint graph = 0;
        nint executable = 0;
        bool isCaptured = false;
        try
        {
            launch();
            isCaptured = true;
        }
        catch (Exception exception) when (exception is AcceleratorException or InvalidOperationException)
        {
            // Something in the step that the driver, or cuBLAS, does not capture.
        }
        finally
        {
            // Also after a failure: otherwise the stream would stay as it is.
            isCaptured = functions.EndCapture(stream, &graph) == 0 && isCaptured && functions.Instantiate(&executable, graph, 0) == 0;
            if (graph != 0)
                functions.Destroy(graph);
        }
        return isCaptured ? new(stream, executable) : null;
    }

    /// <summary>Starts it.</summary>
    /// <exception cref="InvalidOperationException">The driver fails.</exception>
    public void Launch()
    {
        int result = s_functions.Value!.Launch(_executable, _stream);
        if (result != 0)
            throw new InvalidOperationException($"CapturedStep.Replay: cuGraphLaunch of CUDA's driver reports error {result}. An earlier kernel may have failed: run the step as it is to see which.");
    }

    public void Dispose()
    {
        if (_executable != 0)
            s_functions.Value!.DestroyExecutable(_executable);
        _executable = 0;
    }

    /// <summary>The functions of the driver, <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__GRAPH.html"/>.</summary>
    private sealed class Functions(nint library)
    {
        public readonly delegate* unmanaged<nint, int, int> BeginCapture =
            (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "cuStreamBeginCapture_v2");

        public readonly delegate* unmanaged<nint, nint*, int> EndCapture =
            (delegate* unmanaged<nint, nint*, int>)NativeLibrary.GetExport(library, "cuStreamEndCapture");

        public readonly delegate* unmanaged<nint*, nint, ulong, int> Instantiate =
            (delegate* unmanaged<nint*, nint, ulong, int>)NativeLibrary.GetExport(library, "cuGraphInstantiateWithFlags");

        public readonly delegate* unmanaged<nint, nint, int> Launch =
            (delegate* unmanaged<nint, nint, int>)NativeLibrary.GetExport(library, "cuGraphLaunch");

        public readonly delegate* unmanaged<nint, int> DestroyExecutable =
            (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "cuGraphExecDestroy");

        public readonly delegate* unmanaged<nint, int> Destroy =
            (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "cuGraphDestroy");

        public static Functions? TryLoad()
        {
            if (!NativeLibrary.TryLoad(GpuPlatform.CudaLibrary, out nint library))
                return null;
            try
            {
                return new(library);
            }
            catch (EntryPointNotFoundException)
            {
                // A driver older than CUDA 11.4.
                return null;
            }
        }
    }
}
