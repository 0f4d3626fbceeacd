namespace NeuralNet.Backends.Gpu;

/// <summary>
/// The functions of <see cref="Math"/> and <see cref="MathF"/> as plain C#, so that every device computes them alike. They stand in for the
/// approximations of the GPU (<c>tanh.approx</c> has 11 correct bits). Names and special values are those of .NET.
/// </summary>
/// <remarks>
/// Polynomials are Chebyshev interpolations, evaluated by Horner's rule. Nothing here depends on whether a product and a sum are
/// rounded once or twice, since compilers for GPUs contract them as they like. The accuracy stands in docs/gpu.md and is tested on a CPU.
/// </remarks>
internal static partial class PortableMath;
