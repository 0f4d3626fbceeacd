using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>Device code of <see cref="IUpdateKernels"/>: a few parameters, whose operands are dense and in the same order, as if they lay one after the other.</summary>
internal static class UpdateKernels
{
    /// <summary>The parameters of a launch: as many as its arguments, of which OpenCL takes 1024 bytes, have room for.</summary>
    public const int Parameters = 4;

    /// <summary>The elements that a group updates before it goes on to other ones.</summary>
    public const int PieceLength = 1024;

    /// <summary>Updates every element.</summary>
    /// <param name="first">The first parameter; those that there are not have no pieces.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third.</param>
    /// <param name="fourth">The last.</param>
    /// <param name="numbers">The operators of a repetition of a captured step; empty where those of the entries hold.</param>
    public static void Update<T, TOp>(
        UpdateEntry<T, TOp> first, UpdateEntry<T, TOp> second, UpdateEntry<T, TOp> third, UpdateEntry<T, TOp> fourth, ArrayView<TOp> numbers)
        where T : unmanaged
        where TOp : unmanaged, IUpdateOperator<T>
    {
        for (long piece = Grid.IdxX; piece < fourth.EndPiece; piece += Grid.DimX)
        {
            int index = piece < first.EndPiece ? 0 : piece < second.EndPiece ? 1 : piece < third.EndPiece ? 2 : 3;
            UpdateEntry<T, TOp> entry = index switch
            {
                0 => first,
                1 => second,
                2 => third,
                _ => fourth,
            };
            long start = index switch
            {
                0 => 0,
                1 => first.EndPiece,
                2 => second.EndPiece,
                _ => third.EndPiece,
            };
            entry.Run(numbers.Length > 0 ? numbers[index] : entry.Operator, piece, start);
        }
    }
}
