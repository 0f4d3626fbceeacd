using System.Numerics;
using NeuralNet.Backends.Cpu.Loops;
using NeuralNet.Backends.Cpu.Simd;

namespace NeuralNet.Backends.Cpu;

internal sealed unsafe partial class CpuBackend
{
    public void Gather<T>(View<T> x, View<long> index, int axis, View<T> y)
        where T : unmanaged
    {
        if (y.IsEmpty)
            return;
        fixed (T* px = &x.Reference(), py = &y.Reference())
        fixed (long* pIndex = &index.Reference())
        {
            LoopPlan plan = new(py, sizeof(T), y.Layout);
            plan.Add(px, sizeof(T), x.Layout, fixedAxis: axis);
            plan.Add(pIndex, sizeof(long), index.Layout);
            plan.Merge();
            RowLoop.Run(_workers, plan, new GatherRow<T>((nint)x.Layout.Strides[axis] * sizeof(T)));
        }
    }

    public void ScatterAdd<T>(View<T> y, View<long> index, int axis, View<T> updates)
        where T : unmanaged, INumber<T>
    {
        if (updates.IsEmpty)
            return;
        if (_instructionSet == InstructionSet.Avx512)
            ScatterAdd<T, Vector512Simd<T>>(y, index, axis, updates);
        else if (_instructionSet == InstructionSet.Avx2)
            ScatterAdd<T, Vector256Simd<T>>(y, index, axis, updates);
        else if (_instructionSet == InstructionSet.Vector128)
            ScatterAdd<T, Vector128Simd<T>>(y, index, axis, updates);
        else
            ScatterAdd<T, NoSimd<T>>(y, index, axis, updates);
    }

    public void ScatterReduce<T, TOp>(TOp op, View<T> y, View<long> index, int axis, View<T> updates)
        where T : unmanaged
        where TOp : struct, IBinaryOperator<T>
    {
        if (updates.IsEmpty)
            return;
        fixed (T* py = &y.Reference(), pUpdates = &updates.Reference())
        fixed (long* pIndex = &index.Reference())
        {
            // As for sums, one thread applies all updates of an element, in order.
            LoopPlan plan = new(pUpdates, sizeof(T), updates.Layout, axes: ~(1u << axis));
            plan.Add(py, sizeof(T), y.Layout);
            plan.Add(pIndex, sizeof(long), index.Layout);
            plan.Merge();
            ScatterReduceRow<T, TOp> kernel = new(op)
            {
                Length = updates.Layout.Sizes[axis],
                UpdateStride = (nint)updates.Layout.Strides[axis] * sizeof(T),
                TargetStride = (nint)y.Layout.Strides[axis] * sizeof(T),
                IndexStride = (nint)index.Layout.Strides[axis] * sizeof(long),
            };
            RowLoop.Run(_workers, plan, kernel, kernel.Length);
        }
    }

    public void ListNonzero(View<byte> mask, View<long> positions)
    {
        if (mask.IsEmpty || positions.IsEmpty)
            return;
        fixed (byte* pMask = &mask.Reference())
        fixed (long* pPositions = &positions.Reference())
            NonzeroList.Write(pMask, mask.Layout, pPositions, positions.Layout.Sizes[0]);
    }

    public long FindOutOfRange(View<long> index, long limit, long? ignored = null)
    {
        if (index.IsEmpty)
            return -1;
        uint axes = 0;
        for (int axis = 0; axis < index.Layout.Rank; axis++)
        {
            if (index.Layout.Strides[axis] != 0)
                axes |= 1u << axis;
        }
        fixed (long* pIndex = &index.Reference())
        {
            // Expanded axes repeat what stands at their first position; they count only once something was found.
            return RangeCheck.Find(pIndex, index.Layout, axes, limit, ignored) < 0
                ? -1
                : RangeCheck.Find(pIndex, index.Layout, uint.MaxValue, limit, ignored);
        }
    }

    private void ScatterAdd<T, TVector>(View<T> y, View<long> index, int axis, View<T> updates)
        where T : unmanaged, INumber<T>
        where TVector : struct, ISimd<TVector, T>
    {
        fixed (T* py = &y.Reference(), pUpdates = &updates.Reference())
        fixed (long* pIndex = &index.Reference())
        {
            // Only the other axes are shared among threads: the updates of one element are all added by one of them, in order.
            LoopPlan plan = new(pUpdates, sizeof(T), updates.Layout, axes: ~(1u << axis));
            plan.Add(py, sizeof(T), y.Layout);
            plan.Add(pIndex, sizeof(long), index.Layout);
            plan.Merge();
            ScatterAddRow<T, TVector> kernel = new()
            {
                Length = updates.Layout.Sizes[axis],
                UpdateStride = (nint)updates.Layout.Strides[axis] * sizeof(T),
                TargetStride = (nint)y.Layout.Strides[axis] * sizeof(T),
                IndexStride = (nint)index.Layout.Strides[axis] * sizeof(long),
            };
            RowLoop.Run(_workers, plan, kernel, kernel.Length);
        }
    }
}
