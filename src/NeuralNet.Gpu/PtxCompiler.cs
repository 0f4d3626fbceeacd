using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace NeuralNet.Backends.Gpu;

/// <summary>
/// Compiles kernels to PTX, the assembly language of CUDA, without a device or a driver. Not for use by several threads at once.
/// </summary>
[RequiresDynamicCode("ILGPU reads the code of kernels at run time.")]
[RequiresUnreferencedCode("ILGPU reads the code of kernels at run time.")]
internal sealed partial class PtxCompiler : IDisposable
{
    private static readonly CudaArchitecture s_architecture = CudaArchitecture.SM_90;
    private static readonly CudaInstructionSet s_instructionSet = CudaInstructionSet.ISA_78;

    private readonly Context _context;
    private readonly PTXBackend _backend;

    public PtxCompiler()
    {
        // O2 marks branches as uniform that are not.
        _context = Context.Create(builder => builder.Optimize(OptimizationLevel.O1));
        DeviceMath.Register(_context);
        _backend = new PTXBackend(_context, new CudaCapabilityContext(s_architecture), s_architecture, s_instructionSet, null);
    }

    /// <summary>Compiles a closed kernel.</summary>
    /// <returns>The text of the PTX module.</returns>
    /// <exception cref="KernelCompilationException">ILGPU cannot compile it, or it calls a function that no device has.</exception>
    public string Compile(MethodInfo kernel)
    {
        string assembly;
        try
        {
            EntryPointDescription entryPoint = EntryPointDescription.FromExplicitlyGroupedKernel(kernel);
            assembly = ((PTXCompiledKernel)_backend.Compile(entryPoint, default)).PTXAssembly;
        }
        catch (Exception exception)
        {
            // What a failed compilation leaves behind breaks those that follow.
            _context.ClearCache(ClearCacheMode.Everything);
            throw new KernelCompilationException(
                KernelNames.Describe(kernel),
                $"ILGPU cannot compile this kernel: {exception.GetBaseException().Message} "
                + "Write the operator as docs/gpu.md says.",
                exception);
        }

        // ILGPU turns methods of the runtime that it cannot read into calls of functions that nothing defines.
        Match undefined = UndefinedFunction().Match(assembly);
        if (undefined.Success)
        {
            throw new KernelCompilationException(
                KernelNames.Describe(kernel),
                $"it calls {undefined.Groups["name"].Value}, which no device has. "
                + "Write the operator with the functions that docs/gpu.md lists.");
        }
        return assembly;
    }

    public void Dispose()
    {
        _backend.Dispose();
        _context.Dispose();
    }

    [GeneratedRegex(@"\.extern\s+\.func\s+(\([^)]*\)\s*)?(?<name>\w+)")]
    private static partial Regex UndefinedFunction();
}
