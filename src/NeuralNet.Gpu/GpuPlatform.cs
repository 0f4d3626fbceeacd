using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using ILGPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace NeuralNet.Backends.Gpu;

/// <summary>What this machine has: its drivers, and the devices that they offer. Looked for once in a process.</summary>
[RequiresDynamicCode("ILGPU reads the code of kernels at run time.")]
[RequiresUnreferencedCode("ILGPU reads the code of kernels at run time.")]
internal static class GpuPlatform
{
    private const string OpenCLLibrary = "libOpenCL.so.1";

    /// <summary>The largest group of threads that a kernel of this library asks for.</summary>
    private const int LargestGroup = 256;

    private static bool s_usesCuda;
    private static readonly StringBuilder s_explanation = new();

    static GpuPlatform()
    {
        RedirectLibraries();
        Context = Context.Create(Build);
        DeviceMath.Register(Context);
        Devices =
        [
            .. Context.Devices.Where(device => device is CudaDevice),
            .. Context.Devices.OfType<CLDevice>().OrderBy(device => device.DeviceType == CLDeviceType.CL_DEVICE_TYPE_GPU ? 0 : 1),
        ];
    }

    /// <summary>The name of CUDA's driver on this system.</summary>
    public static string CudaLibrary => OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";

    /// <summary>ILGPU's context, with all devices.</summary>
    public static Context Context { get; }

    /// <summary>The devices that can be used: CUDA's first, then OpenCL's, of which GPUs come before processors; otherwise in the order of their drivers.</summary>
    public static IReadOnlyList<ILGPU.Runtime.Device> Devices { get; }

    /// <summary>What was found, what was not, and why.</summary>
    public static string Explanation => s_explanation.ToString();

    private static void Build(Context.Builder builder)
    {
        // O2 marks branches as uniform that are not.
        builder.Optimize(OptimizationLevel.O1);
        Find("CUDA", CudaLibrary, "Install the driver of an NVIDIA GPU.", () =>
            builder.Cuda(device => s_usesCuda = Note($"{device.Name}, {device.MemorySize >> 20} MiB, compute capability {device.Architecture}", true)));
        if (NativeLibrary.TryLoad(CudaLibrary, out _))
            s_explanation.AppendLine($"cuBLAS: {CuBlas.Explanation}");
        Find(
            "OpenCL",
            OperatingSystem.IsWindows() ? "OpenCL.dll" : OpenCLLibrary,
            "Install the driver of a GPU; on a machine without one, PoCL runs OpenCL on the processor (Debian: pocl-opencl-icd).",
            () => builder.OpenCL(Accept));
    }

    private static void Find(string name, string library, string advice, Action find)
    {
        s_explanation.Append(name).Append(": ");
        if (!NativeLibrary.TryLoad(library, out nint handle))
        {
            s_explanation.AppendLine($"{library} cannot be loaded. {advice}");
            return;
        }
        NativeLibrary.Free(handle);
        s_explanation.AppendLine($"{library} found.");
        int before = s_explanation.Length;
        try
        {
            find();
        }
        catch (Exception exception)
        {
            s_explanation.AppendLine($"  The driver failed: {exception.GetBaseException().Message}");
        }
        if (s_explanation.Length == before)
            s_explanation.AppendLine("  It offers no device.");
    }

    private static bool Accept(CLDevice device)
    {
        // NVIDIA's driver offers its GPUs twice; by CUDA they are faster.
        if (device.Vendor == CLDeviceVendor.Nvidia && s_usesCuda)
            return Note($"{device.Name}: used through CUDA", false);
        if (device.MaxNumThreadsPerGroup < LargestGroup)
            return Note($"{device.Name}: groups of {device.MaxNumThreadsPerGroup} threads at most, where kernels need {LargestGroup}", false);
        if (!device.Capabilities.GenericAddressSpace)
        {
            // PoCL has one address space for all; other devices without a generic one would read the wrong memory.
            if (!device.PlatformName.Contains("Portable Computing Language", StringComparison.Ordinal))
                return Note($"{device.Name}: no generic address space, which OpenCL 2 devices have", false);
            SetGenericAddressSpace(device.Capabilities, true);
        }
        string precision = device.Capabilities.Float64 ? "" : ", no double precision";
        return Note($"{device.Name}, {device.MemorySize >> 20} MiB, {device.PlatformName}{precision}", true);
    }

    private static bool Note(string text, bool isUsed)
    {
        s_explanation.AppendLine($"  {(isUsed ? "+" : "-")} {text}");
        return isUsed;
    }

    /// <summary>On Linux the libraries of drivers have a version in their names, which ILGPU does not look for.</summary>
    private static void RedirectLibraries()
    {
        // Under WSL ILGPU does so itself.
        if (OperatingSystem.IsLinux() && !File.Exists("/proc/sys/fs/binfmt_misc/WSLInterop"))
        {
            NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, static (name, _, _) => name switch
            {
                "OpenCL" when NativeLibrary.TryLoad(OpenCLLibrary, out nint handle) => handle,
                "cuda" when NativeLibrary.TryLoad(CudaLibrary, out nint handle) => handle,
                _ => 0,
            });
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_GenericAddressSpace")]
    private static extern void SetGenericAddressSpace(CLCapabilityContext capabilities, bool value);
}
