namespace NeuralNet;

/// <summary>The vector instructions that a CPU device uses. A wider set than the machine has is narrowed to what it has.</summary>
public enum InstructionSet
{
    /// <summary>One element at a time: the reference for the others.</summary>
    Scalar,

    /// <summary>128-bit vectors (SSE, NEON, WASM SIMD).</summary>
    Vector128,

    /// <summary>256-bit vectors (AVX2 with FMA).</summary>
    Avx2,

    /// <summary>512-bit vectors (AVX-512).</summary>
    Avx512,
}
