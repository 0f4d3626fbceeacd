using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace NeuralNet.Backends.Gpu;

/// <summary>
/// Compiles kernels for a device when they are first launched, and keeps their launchers. Callers hold the lock of the device.
/// </summary>
/// <param name="accelerator">The device.</param>
/// <param name="device">Its name, for messages.</param>
[RequiresDynamicCode("ILGPU reads the code of kernels at run time.")]
[RequiresUnreferencedCode("ILGPU reads the code of kernels at run time.")]
internal sealed partial class KernelLoader(Accelerator accelerator, string device)
{
    /// <summary>
    /// By the delegate that stands for the kernel, which the compiler makes once for each method and type arguments; its identity is
    /// compared, as comparing methods is slow.
    /// </summary>
    private readonly Dictionary<Delegate, Delegate> _launchers = new(ReferenceEqualityComparer.Instance);

    /// <summary>Gives what launches a kernel.</summary>
    /// <typeparam name="TLauncher">A delegate of a stream, a configuration and the kernel's arguments.</typeparam>
    /// <exception cref="KernelCompilationException">The device cannot run the kernel.</exception>
    /// <exception cref="DTypeException">The kernel needs double precision, which the device lacks.</exception>
    public TLauncher Load<TLauncher>(Delegate kernel)
        where TLauncher : Delegate
    {
        if (_launchers.TryGetValue(kernel, out Delegate? launcher))
            return Unsafe.As<TLauncher>(launcher);
        TLauncher loaded = Compile(kernel.Method).CreateLauncherDelegate<TLauncher>();
        _launchers[kernel] = loaded;
        return loaded;
    }

    private ILGPU.Runtime.Kernel Compile(MethodInfo kernel)
    {
        if (!KernelRegistry.Contains(kernel))
            throw new InvalidOperationException($"{KernelNames.Describe(kernel)} is not in the list of kernels.");
        if (UsesDouble(kernel) && accelerator is CLAccelerator { Capabilities.Float64: false })
        {
            throw new DTypeException(
                $"{device}: this device has no numbers of double precision, which {KernelNames.Describe(kernel)} needs. Use Float32, or compute on Device.Cpu.");
        }
        EntryPointDescription entryPoint = EntryPointDescription.FromExplicitlyGroupedKernel(kernel);
        try
        {
            return accelerator switch
            {
                CLAccelerator openCL => openCL.LoadKernel(ForOpenCL(openCL, entryPoint)),
                CudaAccelerator cuda => cuda.LoadKernel(cuda.Backend.Compile(entryPoint, default)),
                _ => accelerator.LoadKernel(kernel),
            };
        }
        catch (Exception exception)
        {
            // What a failed compilation leaves behind breaks those that follow.
            accelerator.Context.ClearCache(ClearCacheMode.Everything);
            throw new KernelCompilationException(
                KernelNames.Describe(kernel),
                $"{device} cannot run this kernel: {exception.GetBaseException().Message} Write its operator as docs/gpu.md says.",
                exception);
        }
    }

    /// <summary>
    /// Compiles to OpenCL, and mends what ILGPU writes: address spaces for devices that have no generic one, and sums of signed integers, which wrap in C#
    /// and may do anything in C.
    /// </summary>
    private static CLCompiledKernel ForOpenCL(CLAccelerator accelerator, in EntryPointDescription entryPoint)
    {
        var compiled = (CLCompiledKernel)accelerator.Backend.Compile(entryPoint, default, new UnorderedComparisons());
        string source = compiled.Source.Replace("FusedMultiplyAdd (", "fma (");
        source = SignedArithmetic().Replace(source, "(u$1) $2 $3  (u$1)$4)");
        source = AtomicPointer().Replace(source.Replace("__generic", "__global"), "(__global atomic_$1*)");
        SourceOf(compiled) = Renumber(source);
        return compiled;
    }

    /// <summary>
    /// Numbers types and labels as they appear, not as kernels were compiled before: a driver that keeps what it compiled then knows the kernel again in the
    /// next process.
    /// </summary>
    internal static string Renumber(string source)
    {
        Dictionary<string, string> names = [];
        return NumberedName().Replace(source, match =>
        {
            if (!names.TryGetValue(match.Value, out string? name))
                names[match.Value] = name = $"{match.Groups[1].Value}{names.Count}";
            return name;
        });
    }

    private static bool UsesDouble(MethodInfo kernel) =>
        kernel.IsGenericMethod
            ? kernel.GetGenericArguments().Contains(typeof(double))
            : kernel.GetParameters().Any(parameter => parameter.ParameterType == typeof(ArrayView<double>));

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Source>k__BackingField")]
    private static extern ref string SourceOf(CLCompiledKernel kernel);

    [GeneratedRegex(@"(?<== \((?:int|long)\)\()\((int|long)\) (\w+) (\+|-|\*|<<)  \(\1\)(-?\w+)\)")]
    private static partial Regex SignedArithmetic();

    [GeneratedRegex(@"\b(type_|L_)\d+")]
    private static partial Regex NumberedName();

    [GeneratedRegex(@"\(atomic_(u?int)\*\)")]
    private static partial Regex AtomicPointer();
}
