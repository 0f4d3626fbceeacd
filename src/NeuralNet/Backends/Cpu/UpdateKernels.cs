using System.Buffers;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Loops;
using NeuralNet.Backends.Cpu.Simd;

namespace NeuralNet.Backends.Cpu;

internal sealed unsafe partial class CpuBackend
{
    public void Update<T, TOp>(ArraySegment<Update<T, TOp>> updates)
        where T : unmanaged
        where TOp : unmanaged, IUpdateOperator<T>
    {
        switch (_instructionSet)
        {
            case InstructionSet.Avx512: RunUpdates<T, TOp, Vector512Simd<T>>(updates); break;
            case InstructionSet.Avx2: RunUpdates<T, TOp, Vector256Simd<T>>(updates); break;
            case InstructionSet.Vector128: RunUpdates<T, TOp, Vector128Simd<T>>(updates); break;
            default: RunUpdates<T, TOp, NoSimd<T>>(updates); break;
        }
    }

    private void RunUpdates<T, TOp, TVector>(ArraySegment<Update<T, TOp>> updates)
        where T : unmanaged
        where TOp : unmanaged, IUpdateOperator<T>
        where TVector : struct, ISimd<TVector, T>
    {
        long length = 0;
        foreach (ref readonly Update<T, TOp> update in updates.AsSpan())
            length += update.Parameter.Layout.Length;
        if (length >= RowLoop.ParallelFrom)
        {
            ShareUpdates<T, TOp, TVector>(updates);
            return;
        }
        foreach (ref readonly Update<T, TOp> update in updates.AsSpan())
            UpdateLoop<T, TOp, TVector>.Run(in update, 0, update.Parameter.Layout.Length);
    }

    /// <summary>
    /// Cuts all elements of all parameters, as if they lay one after the other, into pieces of one size, so that many small parameters are
    /// one piece and a large one is many.
    /// </summary>
    private void ShareUpdates<T, TOp, TVector>(ArraySegment<Update<T, TOp>> updates)
        where T : unmanaged
        where TOp : unmanaged, IUpdateOperator<T>
        where TVector : struct, ISimd<TVector, T>
    {
        long[] ends = ArrayPool<long>.Shared.Rent(updates.Count);
        long end = 0;
        for (int i = 0; i < updates.Count; i++)
        {
            end += updates[i].Parameter.Layout.Length;
            ends[i] = end;
        }
        // The workers read this frame, which stays until they are done.
        UpdateJob<T, TOp> job = new(updates, ends);
        long pieces = (end + RowLoop.PieceLength - 1) / RowLoop.PieceLength;
        _workers.Run(&RunPiece<T, TOp, TVector>, Unsafe.AsPointer(ref job), checked((int)pieces));
        ArrayPool<long>.Shared.Return(ends);
    }

    private static void RunPiece<T, TOp, TVector>(void* state, int piece)
        where T : unmanaged
        where TOp : unmanaged, IUpdateOperator<T>
        where TVector : struct, ISimd<TVector, T>
    {
        ref UpdateJob<T, TOp> job = ref Unsafe.AsRef<UpdateJob<T, TOp>>(state);
        ReadOnlySpan<Update<T, TOp>> updates = job.Updates;
        ReadOnlySpan<long> ends = job.Ends.AsSpan(0, updates.Length);
        long start = piece * RowLoop.PieceLength;
        long end = Math.Min(start + RowLoop.PieceLength, ends[^1]);
        int found = ends.BinarySearch(start);
        // The first update that ends behind the start; one that ends there is over, and so are empty ones after it.
        int i = found < 0 ? ~found : found;
        for (; start < end; i++)
        {
            if (ends[i] <= start)
                continue;
            ref readonly Update<T, TOp> update = ref updates[i];
            long first = ends[i] - update.Parameter.Layout.Length;
            long stop = Math.Min(end, ends[i]);
            UpdateLoop<T, TOp, TVector>.Run(in update, start - first, stop - start);
            start = stop;
        }
    }

    private readonly record struct UpdateJob<T, TOp>(ArraySegment<Update<T, TOp>> Updates, long[] Ends)
        where T : unmanaged
        where TOp : unmanaged, IUpdateOperator<T>;
}
