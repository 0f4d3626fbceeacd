using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>Device code of <see cref="IUpdateKernels"/>: one parameter, whose operands are dense and in the same order.</summary>
internal static class UpdateKernels
{
    /// <summary>Updates every element; states that the operator does not have are empty.</summary>
    public static void Update<T, TOp>(
        TOp op, ArrayView<T> parameter, ArrayView<T> gradient, ArrayView<T> first, ArrayView<T> second, ArrayView<T> third)
        where T : unmanaged
        where TOp : struct, IUpdateOperator<T>
    {
        for (long i = GridLoop.Start; i < parameter.Length; i += GridLoop.Step)
        {
            T p = parameter[i];
            T s1 = i < first.Length ? first[i] : default;
            T s2 = i < second.Length ? second[i] : default;
            T s3 = i < third.Length ? third[i] : default;
            op.Invoke(ref p, gradient[i], ref s1, ref s2, ref s3);
            parameter[i] = p;
            if (i < first.Length)
                first[i] = s1;
            if (i < second.Length)
                second[i] = s2;
            if (i < third.Length)
                third[i] = s3;
        }
    }
}
