using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>
/// y at an index += updates, along the axis for a row of lanes; operand 0 are the updates, operand 1 is y, operand 2 the index, each at the
/// axis' first position. Along the axis the updates are added in order.
/// </summary>
internal readonly unsafe struct ScatterAddRow<T, TVector> : IRowKernel
    where T : unmanaged, INumber<T>
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>The number of updates along the axis.</summary>
    public required long Length { get; init; }

    /// <summary>The distance in bytes of neighbours along the axis.</summary>
    public required nint UpdateStride { get; init; }

    /// <inheritdoc cref="UpdateStride"/>
    public required nint TargetStride { get; init; }

    /// <inheritdoc cref="UpdateStride"/>
    public required nint IndexStride { get; init; }

    public void Run(in Row row)
    {
        if (row.S2 == 0 && row.S0 == sizeof(T) && row.S1 == sizeof(T))
            AddRows(row);
        else
            AddElements(row);
    }

    /// <summary>All lanes go to the same place of y: whole rows are added, as into a table of embeddings.</summary>
    private void AddRows(in Row row)
    {
        BinaryRow<T, Sum, TVector> kernel = default;
        Row sum = new() { S0 = row.S1, S1 = row.S1, S2 = row.S0, Count = row.Count };
        for (long i = 0; i < Length; i++)
        {
            byte* target = row.P1 + *(long*)(row.P2 + (nint)i * IndexStride) * TargetStride;
            sum.P0 = target;
            sum.P1 = target;
            sum.P2 = row.P0 + (nint)i * UpdateStride;
            kernel.Run(sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddElements(in Row row)
    {
        for (nint lane = 0; lane < row.Count; lane++)
        {
            byte* update = row.P0 + lane * row.S0;
            byte* target = row.P1 + lane * row.S1;
            byte* index = row.P2 + lane * row.S2;
            for (long i = 0; i < Length; i++)
            {
                *(T*)(target + *(long*)index * TargetStride) += *(T*)update;
                update += UpdateStride;
                index += IndexStride;
            }
        }
    }

    private readonly struct Sum : IBinaryOperator<T>
    {
        public static bool IsVectorized =>
            typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(int) || typeof(T) == typeof(long);

        public T Invoke(T a, T b) => a + b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TSimd Invoke<TSimd>(TSimd a, TSimd b)
            where TSimd : struct, ISimd<TSimd, T> => a + b;
    }
}
