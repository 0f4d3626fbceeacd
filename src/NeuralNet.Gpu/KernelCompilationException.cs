namespace NeuralNet.Backends.Gpu;

/// <summary>
/// A kernel, closed over its element type and operator, that cannot be compiled for a device. The message names all three.
/// </summary>
internal sealed class KernelCompilationException(string message, Exception? innerException = null) : Exception(message, innerException);
