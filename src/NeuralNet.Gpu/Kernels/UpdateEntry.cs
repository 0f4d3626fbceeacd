using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>What a launch does to one parameter; states that the operator does not have are empty.</summary>
internal struct UpdateEntry<T, TOp>
    where T : unmanaged
    where TOp : unmanaged, IUpdateOperator<T>
{
    public TOp Operator;
    public ArrayView<T> Parameter;
    public ArrayView<T> Gradient;
    public ArrayView<T> First;
    public ArrayView<T> Second;
    public ArrayView<T> Third;

    /// <summary>The pieces of this parameter and of those before it.</summary>
    public long EndPiece;

    /// <summary>Updates one piece.</summary>
    /// <param name="op">The formula.</param>
    /// <param name="piece">The piece, counted over all parameters.</param>
    /// <param name="firstPiece">The first piece of this parameter.</param>
    public readonly void Run(TOp op, long piece, long firstPiece)
    {
        long start = (piece - firstPiece) * UpdateKernels.PieceLength;
        long end = IntrinsicMath.Min(start + UpdateKernels.PieceLength, Parameter.Length);
        for (long i = start + Group.IdxX; i < end; i += Group.DimX)
        {
            T p = Parameter[i];
            T s1 = i < First.Length ? First[i] : default;
            T s2 = i < Second.Length ? Second[i] : default;
            T s3 = i < Third.Length ? Third[i] : default;
            op.Invoke(ref p, Gradient[i], ref s1, ref s2, ref s3);
            Parameter[i] = p;
            if (i < First.Length)
                First[i] = s1;
            if (i < Second.Length)
                Second[i] = s2;
            if (i < Third.Length)
                Third[i] = s3;
        }
    }
}
