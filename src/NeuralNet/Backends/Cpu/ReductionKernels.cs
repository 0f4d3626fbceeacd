using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Loops;
using NeuralNet.Backends.Cpu.Simd;

namespace NeuralNet.Backends.Cpu;

internal sealed unsafe partial class CpuBackend
{
    public void Reduce<T, TAcc, TOp>(TOp op, View<T> x, View<TAcc> y)
        where T : unmanaged
        where TAcc : unmanaged
        where TOp : struct, IReductionOperator<T, TAcc>
    {
        if (x.IsEmpty)
            Fill(op.Identity, y);
        else if (TOp.IsVectorized && _instructionSet == InstructionSet.Avx512)
            Reduce<T, TAcc, TOp, Vector512Simd<TAcc>>(op, x, y);
        else if (TOp.IsVectorized && _instructionSet == InstructionSet.Avx2)
            Reduce<T, TAcc, TOp, Vector256Simd<TAcc>>(op, x, y);
        else if (TOp.IsVectorized && _instructionSet == InstructionSet.Vector128)
            Reduce<T, TAcc, TOp, Vector128Simd<TAcc>>(op, x, y);
        else
            Reduce<T, TAcc, TOp, NoSimd<TAcc>>(op, x, y);
    }

    public void ArgReduce<T, TOp>(TOp op, View<T> x, int axis, View<long> y)
        where T : unmanaged
        where TOp : struct, IComparisonOperator<T>
    {
        if (y.IsEmpty)
            return;
        fixed (T* px = &x.Reference())
        fixed (long* py = &y.Reference())
        {
            LoopPlan plan = AlongAxis(px, x.Layout, py, y.Layout, axis);
            long length = x.Layout.Sizes[axis];
            nint stride = (nint)x.Layout.Strides[axis] * sizeof(T);
            RowLoop.Run(_workers, plan, new ArgReduceRow<T, TOp>(op, stride, length), length);
        }
    }

    private void Reduce<T, TAcc, TOp, TVector>(TOp op, View<T> x, View<TAcc> y)
        where T : unmanaged
        where TAcc : unmanaged
        where TOp : struct, IReductionOperator<T, TAcc>
        where TVector : struct, ISimd<TVector, TAcc>
    {
        fixed (T* px = &x.Reference())
        fixed (TAcc* py = &y.Reference())
        {
            // The common small cases need no plan; they combine in the order that the plan would.
            long length = x.Layout.Length;
            if (y.Layout.Length == 1 && x.Layout.IsDense && length < RowLoop.ParallelFrom)
                *py = RowReduction<T, TAcc, TOp, TVector>.Run(op, (byte*)px, sizeof(T), (nint)length);
            else if (ColumnReduction<T, TAcc, TOp, TVector>.IsBlock(x.Layout, y.Layout))
                ColumnReduction<T, TAcc, TOp, TVector>.RunBlock(op, px, (int)x.Layout.Sizes[0], py, (int)x.Layout.Sizes[1]);
            else
                ReduceByPlan<T, TAcc, TOp, TVector>(op, px, x.Layout, py, y.Layout);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReduceByPlan<T, TAcc, TOp, TVector>(TOp op, T* x, Layout xLayout, TAcc* y, Layout yLayout)
        where T : unmanaged
        where TAcc : unmanaged
        where TOp : struct, IReductionOperator<T, TAcc>
        where TVector : struct, ISimd<TVector, TAcc>
    {
        Reduction<T, TAcc, TOp, TVector> reduction = new(op, x, xLayout, y, yLayout);
        reduction.Run(_workers, _pool);
    }

    /// <summary>The loops over all axes but one, along which the kernel runs itself; operand 0 is x, 1 is y.</summary>
    private static LoopPlan AlongAxis<TX, TY>(TX* x, Layout xLayout, TY* y, Layout yLayout, int axis)
        where TX : unmanaged
        where TY : unmanaged
    {
        LoopPlan plan = new(x, sizeof(TX), xLayout, axes: ~(1u << axis));
        plan.Add(y, sizeof(TY), yLayout);
        plan.Merge();
        return plan;
    }
}
