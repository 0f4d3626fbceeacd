namespace NeuralNet.Backends.Gpu;

/// <summary>What closes the type argument of a kernel without an operator.</summary>
internal enum KernelTypes
{
    /// <summary>The kernel has none.</summary>
    None,

    /// <summary>Elements are moved as the bits of their size: unsigned integers.</summary>
    Bits,

    /// <summary>All types that can be computed with.</summary>
    Numbers,

    FloatingPoint,

    /// <summary>The kernel has an operator.</summary>
    OfOperator,
}
