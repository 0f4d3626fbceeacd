using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>Copies of operands into memory that suits the micro-kernel; here transposes and other strides come to an end.</summary>
internal static unsafe class Packing
{
    /// <summary>Copies a block of a strip of a into the slab: its columns, one after the other.</summary>
    public static void CopyStrip<T, TVector>(in GemmJob<T> job, nint block, nint strip)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T>
    {
        ref readonly MatMulProblem<T> problem = ref *job.Problem;
        nint firstRow = job.Plan.RowOf(strip);
        nint rows = job.Plan.RowOf(strip + 1) - firstRow;
        nint steps = job.StepsOf(block);
        T* source = job.A + firstRow * problem.ARow + block * job.Plan.Steps * problem.AStep;
        nint following = problem.M - firstRow;
        T* destination = job.Strip(block, strip);
        if (problem.AStep == 1 && problem.ARow != 1)
            Transposition.Run(source, problem.ARow, WholeBlocks(rows, Transposition.Block<T>(), following), steps, destination, rows);
        else if (problem.ARow == 1 && WholeBlocks(rows, TVector.Count, following) != rows)
            CopyColumns<T, TVector>(source, problem.AStep, rows, steps, destination);
        else
            CopyLines<T, TVector>(source, problem.AStep, problem.ARow, steps, rows, destination, rows);
    }

    /// <summary>Copies a panel of b: for each step its columns one after the other, filled up with zeros to the packed width.</summary>
    public static void PackPanel<T, TVector>(
        T* source, nint step, nint column, nint steps, int width, int packedWidth, T* destination)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T>
    {
        if (width < packedWidth)
            new Span<byte>(destination, checked((int)(steps * packedWidth * sizeof(T)))).Clear();
        if (step == 1 && column != 1)
            Transposition.Run(source, column, width, steps, destination, packedWidth);
        else
            CopyLines<T, TVector>(source, step, column, steps, width, destination, packedWidth);
    }

    /// <summary>
    /// Rows to copy so that blocks are whole, if a has so many: those behind the strip's last are overwritten by the columns that follow.
    /// </summary>
    private static nint WholeBlocks(nint rows, nint block, nint following)
    {
        nint whole = GemmPlan.CeilingDivide(rows, block) * block;
        return whole <= following ? whole : rows;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyLines<T, TVector>(
        T* source, nint sourceLine, nint sourceElement, nint lines, nint length, T* destination, nint destinationLine)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T>
    {
        nint vectorized = sourceElement == 1 ? length - length % TVector.Count : 0;
        for (; lines > 0; lines--, source += sourceLine, destination += destinationLine)
        {
            nint i = 0;
            for (; i < vectorized; i += TVector.Count)
                TVector.Load(source + i).Store(destination + i);
            for (; i < length; i++)
                destination[i] = source[i * sourceElement];
        }
    }

    /// <summary>
    /// Copies columns to one after the other, by whole vectors: what stands behind a column is overwritten by the next, or is unused.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyColumns<T, TVector>(T* source, nint sourceColumn, nint rows, nint columns, T* destination)
        where T : unmanaged
        where TVector : struct, ISimd<TVector, T>
    {
        for (; columns > 0; columns--, source += sourceColumn, destination += rows)
        {
            for (nint i = 0; i < rows; i += TVector.Count)
                TVector.Load(source + i).Store(destination + i);
        }
    }
}
