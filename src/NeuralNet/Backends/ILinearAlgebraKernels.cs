using System.Numerics;

namespace NeuralNet.Backends;

/// <summary>Products of matrices.</summary>
internal interface ILinearAlgebraKernels
{
    /// <summary>
    /// c = activation(β·c + a · b + bias), for a of [… , m, k], b of [… , k, n] and c of [… , m, n], whose leading axes are equal
    /// (broadcast ones have stride 0). a and b may have any strides, transposed ones included; c's last axis is contiguous.
    /// </summary>
    void MatMul<T>(View<T> a, View<T> b, View<T> c, in MatMulEpilogue<T> epilogue)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
