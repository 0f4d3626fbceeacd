using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace NeuralNet.Backends.Gpu;

/// <summary>
/// Products of matrices by NVIDIA's library, where it is installed; ILGPU's own binding knows neither its newest version nor batches. The caller holds the lock of
/// the device, and the device's context is current.
/// </summary>
/// <seealso href="https://docs.nvidia.com/cuda/cublas/"/>
internal sealed unsafe class CuBlas : IDisposable
{
    private const int DefaultMath = 0;
    private const int TensorFloatMath = 3;

    /// <summary>What NVIDIA advises for its newest devices. The library must not take memory of its own while a step is captured.</summary>
    private const int WorkspaceBytes = 32 << 20;

    private static readonly string[] s_names = OperatingSystem.IsWindows()
        ? ["cublas64_13.dll", "cublas64_12.dll", "cublas64_11.dll"]
        : ["libcublas.so.13", "libcublas.so.12", "libcublas.so.11"];

    private static readonly Lazy<Functions[]> s_libraries = new(() => [.. s_names.Select(Functions.TryLoad).OfType<Functions>()]);

    private readonly Functions _functions;
    private readonly nint _handle;
    private readonly MemoryBuffer _workspace;
    private Precision _precision;

    private CuBlas(Functions functions, nint handle, Accelerator accelerator, CudaStream stream)
    {
        _functions = functions;
        _handle = handle;
        _workspace = accelerator.Allocate1D<byte>(WorkspaceBytes);
        Require(functions.SetStream(handle, stream.StreamPtr), "cublasSetStream");
        Require(functions.SetWorkspace(handle, _workspace.NativePtr, WorkspaceBytes), "cublasSetWorkspace");
    }

    /// <summary>The files that were found, or why there is none.</summary>
    public static string Explanation => s_libraries.Value is { Length: > 0 } libraries
        ? $"{string.Join(", ", libraries.Select(library => library.Name))} found."
        : $"none of {string.Join(", ", s_names)} can be loaded. The kernels of this library multiply matrices instead.";

    /// <summary>Opens the newest library that this driver bears; null where there is none, or no memory for it.</summary>
    public static CuBlas? TryOpen(Accelerator accelerator, CudaStream stream)
    {
        foreach (Functions functions in s_libraries.Value)
        {
            nint handle;
            if (functions.Create(&handle) != 0)
                continue;
            try
            {
                return new(functions, handle, accelerator, stream);
            }
            catch (Exception exception) when (exception is AcceleratorException or InvalidOperationException)
            {
                functions.Destroy(handle);
            }
        }
        return null;
    }

    /// <summary>Computes a product of float or double.</summary>
    public void Multiply<T>(in GemmCall call, ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, bool accumulate, Precision precision)
        where T : unmanaged
    {
        if (precision != _precision)
        {
            Require(_functions.SetMathMode(_handle, precision == Precision.TensorCores ? TensorFloatMath : DefaultMath), "cublasSetMathMode");
            _precision = precision;
        }
        // The library's matrices are of columns: it is given the transposed product, bᵀ · aᵀ.
        nint left = b.SubView(call.B.Offset).LoadEffectiveAddressAsPtr();
        nint right = a.SubView(call.A.Offset).LoadEffectiveAddressAsPtr();
        nint result = c.SubView(call.COffset).LoadEffectiveAddressAsPtr();
        if (typeof(T) == typeof(float))
        {
            (float one, float beta) = (1, accumulate ? 1 : 0);
            Require(
                _functions.MultiplySingles(
                    _handle, call.B.Operation, call.A.Operation, call.N, call.M, call.K, &one, left, call.B.LeadingSize, call.B.BatchStride,
                    right, call.A.LeadingSize, call.A.BatchStride, &beta, result, call.CLeadingSize, call.CBatchStride, call.Batch),
                "cublasSgemmStridedBatched");
        }
        else
        {
            (double one, double beta) = (1, accumulate ? 1 : 0);
            Require(
                _functions.MultiplyDoubles(
                    _handle, call.B.Operation, call.A.Operation, call.N, call.M, call.K, &one, left, call.B.LeadingSize, call.B.BatchStride,
                    right, call.A.LeadingSize, call.A.BatchStride, &beta, result, call.CLeadingSize, call.CBatchStride, call.Batch),
                "cublasDgemmStridedBatched");
        }
    }

    public void Dispose()
    {
        _functions.Destroy(_handle);
        _workspace.Dispose();
    }

    private static void Require(int status, string function)
    {
        if (status != 0)
            throw new InvalidOperationException($"MatMul: {function} of cuBLAS reports error {status}. An earlier kernel may have failed; without libcublas the kernels of this library multiply.");
    }

    private sealed class Functions(string name, nint library)
    {
        public readonly delegate* unmanaged<nint*, int> Create = (delegate* unmanaged<nint*, int>)NativeLibrary.GetExport(library, "cublasCreate_v2");

        public readonly delegate* unmanaged<nint, int> Destroy = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "cublasDestroy_v2");

        public readonly delegate* unmanaged<nint, nint, int> SetStream =
            (delegate* unmanaged<nint, nint, int>)NativeLibrary.GetExport(library, "cublasSetStream_v2");

        public readonly delegate* unmanaged<nint, nint, nuint, int> SetWorkspace =
            (delegate* unmanaged<nint, nint, nuint, int>)NativeLibrary.GetExport(library, "cublasSetWorkspace_v2");

        public readonly delegate* unmanaged<nint, int, int> SetMathMode =
            (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "cublasSetMathMode");

        public readonly delegate* unmanaged<nint, int, int, int, int, int, float*, nint, int, long, nint, int, long, float*, nint, int, long, int, int> MultiplySingles =
            (delegate* unmanaged<nint, int, int, int, int, int, float*, nint, int, long, nint, int, long, float*, nint, int, long, int, int>)
            NativeLibrary.GetExport(library, "cublasSgemmStridedBatched");

        public readonly delegate* unmanaged<nint, int, int, int, int, int, double*, nint, int, long, nint, int, long, double*, nint, int, long, int, int> MultiplyDoubles =
            (delegate* unmanaged<nint, int, int, int, int, int, double*, nint, int, long, nint, int, long, double*, nint, int, long, int, int>)
            NativeLibrary.GetExport(library, "cublasDgemmStridedBatched");

        public string Name => name;

        public static Functions? TryLoad(string name)
        {
            try
            {
                return NativeLibrary.TryLoad(name, out nint library) ? new(name, library) : null;
            }
            catch (EntryPointNotFoundException)
            {
                // An early version: cublasSetWorkspace came with 11.
                return null;
            }
        }
    }
}
