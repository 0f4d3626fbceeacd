namespace NeuralNet;

/// <summary>A kernel that cannot be compiled for a device. The message names the kernel, its operation and its element type.</summary>
public sealed class KernelCompilationException : Exception
{
    internal KernelCompilationException(string kernel, string message, Exception? innerException = null)
        : base($"{kernel}: {message}", innerException) => Kernel = kernel;

    /// <summary>Gets the kernel with its type arguments, such as <c>Unary&lt;Single, TanhOp.Operator&lt;Single&gt;&gt;</c>.</summary>
    public string Kernel { get; }
}
