using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Loops;
using NeuralNet.Backends.Cpu.Simd;

namespace NeuralNet.Backends.Cpu;

// Operands that lie in the output's order are one row and need no plan: this is what small tensors pay for. All others go through a plan,
// made in a method of its own because clearing it on the stack would cost the fast path more than its work.
internal sealed unsafe partial class CpuBackend
{
    /// <summary>Shorter rows are run by a plan, which merges axes.</summary>
    private const int ShortestRow = 16;

    public void Unary<T, TOp>(TOp op, View<T> x, View<T> y)
        where T : unmanaged
        where TOp : struct, IUnaryOperator<T>
    {
        if (TOp.IsVectorized && _instructionSet == InstructionSet.Avx512)
            RunUnary(new UnaryRow<T, TOp, Vector512Simd<T>>(op), x, y);
        else if (TOp.IsVectorized && _instructionSet == InstructionSet.Avx2)
            RunUnary(new UnaryRow<T, TOp, Vector256Simd<T>>(op), x, y);
        else if (TOp.IsVectorized && _instructionSet == InstructionSet.Vector128)
            RunUnary(new UnaryRow<T, TOp, Vector128Simd<T>>(op), x, y);
        else
            RunUnary(new UnaryRow<T, TOp, NoSimd<T>>(op), x, y);
    }

    public void Binary<T, TOp>(TOp op, View<T> a, View<T> b, View<T> y)
        where T : unmanaged
        where TOp : struct, IBinaryOperator<T>
    {
        if (TOp.IsVectorized && _instructionSet == InstructionSet.Avx512)
            RunBinary(new BinaryRow<T, TOp, Vector512Simd<T>>(op), a, b, y);
        else if (TOp.IsVectorized && _instructionSet == InstructionSet.Avx2)
            RunBinary(new BinaryRow<T, TOp, Vector256Simd<T>>(op), a, b, y);
        else if (TOp.IsVectorized && _instructionSet == InstructionSet.Vector128)
            RunBinary(new BinaryRow<T, TOp, Vector128Simd<T>>(op), a, b, y);
        else
            RunBinary(new BinaryRow<T, TOp, NoSimd<T>>(op), a, b, y);
    }

    public void Compare<T, TOp>(TOp op, View<T> a, View<T> b, View<byte> y)
        where T : unmanaged
        where TOp : struct, IComparisonOperator<T>
    {
        if (TOp.IsVectorized && _instructionSet == InstructionSet.Avx512)
            RunBinary(new CompareRow<T, TOp, Vector512Simd<T>>(op), a, b, y);
        else if (TOp.IsVectorized && _instructionSet == InstructionSet.Avx2)
            RunBinary(new CompareRow<T, TOp, Vector256Simd<T>>(op), a, b, y);
        else if (TOp.IsVectorized && _instructionSet == InstructionSet.Vector128)
            RunBinary(new CompareRow<T, TOp, Vector128Simd<T>>(op), a, b, y);
        else
            RunBinary(new CompareRow<T, TOp, NoSimd<T>>(op), a, b, y);
    }

    public void Select<T>(View<byte> condition, View<T> a, View<T> b, View<T> y)
        where T : unmanaged
    {
        switch (sizeof(T))
        {
            case 1:
                RunSelect(default(SelectRow<byte>), condition, a, b, y);
                break;
            case 2:
                RunSelect(default(SelectRow<ushort>), condition, a, b, y);
                break;
            case 4:
                RunSelect(default(SelectRow<uint>), condition, a, b, y);
                break;
            default:
                RunSelect(default(SelectRow<ulong>), condition, a, b, y);
                break;
        }
    }

    public void SelectScaled<T>(View<byte> condition, View<T> x, T scale, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (y.IsEmpty)
            return;
        fixed (byte* pCondition = &condition.Reference())
        fixed (T* px = &x.Reference(), py = &y.Reference())
        {
            LoopPlan plan = new(py, sizeof(T), y.Layout);
            plan.Add(pCondition, sizeof(byte), condition.Layout);
            plan.Add(px, sizeof(T), x.Layout);
            plan.Merge();
            RowLoop.Run(_workers, plan, new SelectScaledRow<T>(scale));
        }
    }

    public void Convert<TFrom, TTo, TOp>(TOp op, View<TFrom> x, View<TTo> y)
        where TFrom : unmanaged
        where TTo : unmanaged
        where TOp : struct, IConversionOperator<TFrom, TTo> => RunUnary(new ConvertRow<TFrom, TTo, TOp>(op), x, y);

    public void Sequence<T>(T start, T step, View<T> y)
        where T : unmanaged, INumber<T>
    {
        if (y.IsEmpty)
            return;
        fixed (T* py = &y.Reference())
        {
            // Rows in logical order, which the numbers follow whatever the order in memory.
            LoopPlan plan = new(py, sizeof(T), y.Layout, ordered: false);
            plan.Merge();
            long* position = stackalloc long[Shape.MaxRank];
            Row row = plan.Seek(0, position);
            for (long first = 0; first < plan.Count; first += plan.RowLength)
            {
                for (long i = 0; i < plan.RowLength; i++)
                    *(T*)(row.P0 + i * row.S0) = start + step * T.CreateTruncating(first + i);
                plan.Advance(ref row, position);
            }
        }
    }

    private void RunUnary<TX, TY, TKernel>(TKernel kernel, View<TX> x, View<TY> y)
        where TX : unmanaged
        where TY : unmanaged
        where TKernel : struct, IRowKernel
    {
        if (y.IsEmpty)
            return;
        fixed (TX* px = &x.Reference())
        fixed (TY* py = &y.Reference())
        {
            if (y.Layout.Length < RowLoop.ParallelFrom && y.Layout.IsDense && x.Layout.SameOrderAs(y.Layout))
            {
                kernel.Run(new Row
                {
                    P0 = (byte*)py,
                    P1 = (byte*)px,
                    S0 = sizeof(TY),
                    S1 = sizeof(TX),
                    Count = (nint)y.Layout.Length,
                });
                return;
            }
            RunPlan(kernel, px, x.Layout, py, y.Layout);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunPlan<TX, TY, TKernel>(TKernel kernel, TX* x, Layout xLayout, TY* y, Layout yLayout)
        where TX : unmanaged
        where TY : unmanaged
        where TKernel : struct, IRowKernel
    {
        LoopPlan plan = new(y, sizeof(TY), yLayout);
        plan.Add(x, sizeof(TX), xLayout);
        plan.Merge();
        RowLoop.Run(_workers, plan, kernel);
    }

    private void RunBinary<TX, TY, TKernel>(TKernel kernel, View<TX> a, View<TX> b, View<TY> y)
        where TX : unmanaged
        where TY : unmanaged
        where TKernel : struct, IRowKernel
    {
        if (y.IsEmpty)
            return;
        fixed (TX* pa = &a.Reference(), pb = &b.Reference())
        fixed (TY* py = &y.Reference())
        {
            if (y.Layout.Length < RowLoop.ParallelFrom && y.Layout.IsDense
                && TryGetRowStride(a.Layout, y.Layout, out nint strideA) && TryGetRowStride(b.Layout, y.Layout, out nint strideB))
            {
                kernel.Run(new Row
                {
                    P0 = (byte*)py,
                    P1 = (byte*)pa,
                    P2 = (byte*)pb,
                    S0 = sizeof(TY),
                    S1 = strideA * sizeof(TX),
                    S2 = strideB * sizeof(TX),
                    Count = (nint)y.Layout.Length,
                });
                return;
            }
            if (y.Layout.Length < RowLoop.ParallelFrom && y.Layout.IsContiguous
                && TryGetRow(a.Layout, y.Layout, out RepeatedRow rowA) && TryGetRow(b.Layout, y.Layout, out RepeatedRow rowB))
            {
                RunRows(kernel, pa, rowA, pb, rowB, py, y.Layout);
                return;
            }
            RunPlan(kernel, pa, a.Layout, pb, b.Layout, py, y.Layout);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunPlan<TX, TY, TKernel>(TKernel kernel, TX* a, Layout aLayout, TX* b, Layout bLayout, TY* y, Layout yLayout)
        where TX : unmanaged
        where TY : unmanaged
        where TKernel : struct, IRowKernel
    {
        LoopPlan plan = new(y, sizeof(TY), yLayout);
        plan.Add(a, sizeof(TX), aLayout);
        plan.Add(b, sizeof(TX), bLayout);
        plan.Merge();
        RowLoop.Run(_workers, plan, kernel);
    }

    /// <summary>Runs row by row over the last axis, which costs less than a plan.</summary>
    private static void RunRows<TX, TY, TKernel>(TKernel kernel, TX* a, RepeatedRow rowA, TX* b, RepeatedRow rowB, TY* y, Layout layout)
        where TX : unmanaged
        where TY : unmanaged
        where TKernel : struct, IRowKernel
    {
        nint count = (nint)layout.Sizes[^1];
        Row row = new()
        {
            P0 = (byte*)y,
            P1 = (byte*)a,
            P2 = (byte*)b,
            S0 = sizeof(TY),
            S1 = rowA.Step * sizeof(TX),
            S2 = rowB.Step * sizeof(TX),
            Count = count,
        };
        for (nint rows = (nint)layout.Length / count; rows > 0; rows--)
        {
            kernel.Run(row);
            row.P0 += count * sizeof(TY);
            row.P1 += rowA.Next * sizeof(TX);
            row.P2 += rowB.Next * sizeof(TX);
        }
    }

    private void RunSelect<T, TKernel>(TKernel kernel, View<byte> condition, View<T> a, View<T> b, View<T> y)
        where T : unmanaged
        where TKernel : struct, IRowKernel
    {
        fixed (byte* pCondition = &condition.Reference())
        fixed (T* pa = &a.Reference(), pb = &b.Reference(), py = &y.Reference())
        {
            LoopPlan plan = new(py, sizeof(T), y.Layout);
            plan.Add(pCondition, sizeof(byte), condition.Layout);
            plan.Add(pa, sizeof(T), a.Layout);
            plan.Add(pb, sizeof(T), b.Layout);
            plan.Merge();
            RowLoop.Run(_workers, plan, kernel);
        }
    }

    /// <summary>
    /// Whether an input is one row beside a dense output: of stride 1 in the same order, of stride 0 if it is one element.
    /// </summary>
    private static bool TryGetRowStride(Layout input, Layout output, out nint stride)
    {
        stride = 1;
        if (input.SameOrderAs(output))
            return true;
        stride = 0;
        ReadOnlySpan<long> strides = input.Strides;
        ReadOnlySpan<long> sizes = input.Sizes;
        for (int axis = 0; axis < strides.Length; axis++)
        {
            if (strides[axis] != 0 && sizes[axis] != 1)
                return false;
        }
        return true;
    }

    /// <summary>
    /// Whether an input of a contiguous output's shape lies in rows of the output's last axis: as the output does, the same row again and
    /// again, or one element for each row.
    /// </summary>
    private static bool TryGetRow(Layout input, Layout output, out RepeatedRow row)
    {
        row = default;
        int last = output.Rank - 1;
        if (last < 1 || output.Sizes[last] < ShortestRow)
            return false;
        nint length = (nint)output.Sizes[last];
        if (input.IsContiguous)
        {
            row = new(Step: 1, Next: length);
            return true;
        }
        nint step = (nint)input.Strides[last];
        if (step is not (0 or 1))
            return false;
        // Along the other axes the rows must be one and the same, or follow each other.
        long next = input.Strides[last - 1];
        long expected = next;
        for (int axis = last - 1; axis >= 0; axis--)
        {
            if (output.Sizes[axis] == 1)
                continue;
            if (input.Strides[axis] != expected)
                return false;
            expected *= output.Sizes[axis];
        }
        row = new(step, (nint)next);
        return true;
    }

    /// <summary>How an input goes along with the rows of an output, counted in elements.</summary>
    /// <param name="Step">From an element of the row to the next.</param>
    /// <param name="Next">From a row to the next.</param>
    private readonly record struct RepeatedRow(nint Step, nint Next);
}
