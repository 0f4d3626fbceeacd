using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Loops;
using NeuralNet.Backends.Cpu.Simd;

namespace NeuralNet.Backends.Cpu;

// A row is never shared among threads, so that its sums have one order.
internal sealed unsafe partial class CpuBackend : IFusedKernels
{
    /// <summary>What a row costs for each element, in steps of the cheapest operations.</summary>
    private const int RowWork = 8;

    public void Softmax<T>(View<T> x, int axis, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => RunSoftmax(x, axis, y, isLogarithm: false);

    public void LogSoftmax<T>(View<T> x, int axis, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => RunSoftmax(x, axis, y, isLogarithm: true);

    public void SoftmaxGradient<T>(View<T> y, View<T> dy, int axis, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T> => RunSoftmaxGradient(y, dy, axis, dx, isLogarithm: false);

    public void LogSoftmaxGradient<T>(View<T> y, View<T> dy, int axis, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T> => RunSoftmaxGradient(y, dy, axis, dx, isLogarithm: true);

    public void CrossEntropy<T>(View<T> x, int axis, View<long> target, long ignoreIndex, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (y.IsEmpty)
            return;
        nint length = (nint)x.Layout.Sizes[axis];
        fixed (T* px = &x.Reference(), py = &y.Reference())
        fixed (long* pTarget = &target.Reference())
        {
            LoopPlan plan = new(py, sizeof(T), y.Layout);
            plan.Add(px, sizeof(T), x.Layout);
            plan.Add(pTarget, sizeof(long), target.Layout);
            plan.Merge();
            switch (_instructionSet)
            {
                case InstructionSet.Avx512: Run(plan, new CrossEntropyRows<T, Vector512Simd<T>>(length, ignoreIndex), length); break;
                case InstructionSet.Avx2: Run(plan, new CrossEntropyRows<T, Vector256Simd<T>>(length, ignoreIndex), length); break;
                case InstructionSet.Vector128: Run(plan, new CrossEntropyRows<T, Vector128Simd<T>>(length, ignoreIndex), length); break;
                default: Run(plan, new CrossEntropyRows<T, ScalarSimd<T>>(length, ignoreIndex), length); break;
            }
        }
    }

    public void CrossEntropyGradient<T>(View<T> x, int axis, View<long> target, long ignoreIndex, View<T> dy, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (dx.IsEmpty)
            return;
        nint length = (nint)x.Layout.Sizes[axis];
        fixed (T* px = &x.Reference(), py = &dy.Reference(), pdx = &dx.Reference())
        fixed (long* pTarget = &target.Reference())
        {
            LoopPlan plan = new(pdx, sizeof(T), dx.Layout, ~(1u << axis));
            plan.Add(px, sizeof(T), x.Layout);
            plan.Add(pTarget, sizeof(long), target.Layout);
            plan.Add(py, sizeof(T), dy.Layout);
            plan.Merge();
            switch (_instructionSet)
            {
                case InstructionSet.Avx512: Run(plan, new CrossEntropyGradientRows<T, Vector512Simd<T>>(length, ignoreIndex), length); break;
                case InstructionSet.Avx2: Run(plan, new CrossEntropyGradientRows<T, Vector256Simd<T>>(length, ignoreIndex), length); break;
                case InstructionSet.Vector128: Run(plan, new CrossEntropyGradientRows<T, Vector128Simd<T>>(length, ignoreIndex), length); break;
                default: Run(plan, new CrossEntropyGradientRows<T, ScalarSimd<T>>(length, ignoreIndex), length); break;
            }
        }
    }

    private void RunSoftmax<T>(View<T> x, int axis, View<T> y, bool isLogarithm)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (y.IsEmpty)
            return;
        nint length = (nint)x.Layout.Sizes[axis];
        fixed (T* px = &x.Reference(), py = &y.Reference())
        {
            LoopPlan plan = new(py, sizeof(T), y.Layout, ~(1u << axis));
            plan.Add(px, sizeof(T), x.Layout);
            plan.Merge();
            switch (_instructionSet)
            {
                case InstructionSet.Avx512: Run(plan, new SoftmaxRows<T, Vector512Simd<T>>(length, isLogarithm), length); break;
                case InstructionSet.Avx2: Run(plan, new SoftmaxRows<T, Vector256Simd<T>>(length, isLogarithm), length); break;
                case InstructionSet.Vector128: Run(plan, new SoftmaxRows<T, Vector128Simd<T>>(length, isLogarithm), length); break;
                default: Run(plan, new SoftmaxRows<T, ScalarSimd<T>>(length, isLogarithm), length); break;
            }
        }
    }

    private void RunSoftmaxGradient<T>(View<T> y, View<T> dy, int axis, View<T> dx, bool isLogarithm)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (dx.IsEmpty)
            return;
        nint length = (nint)y.Layout.Sizes[axis];
        fixed (T* py = &y.Reference(), pdy = &dy.Reference(), pdx = &dx.Reference())
        {
            LoopPlan plan = new(pdx, sizeof(T), dx.Layout, ~(1u << axis));
            plan.Add(py, sizeof(T), y.Layout);
            plan.Add(pdy, sizeof(T), dy.Layout);
            plan.Merge();
            switch (_instructionSet)
            {
                case InstructionSet.Avx512: Run(plan, new SoftmaxGradientRows<T, Vector512Simd<T>>(length, isLogarithm), length); break;
                case InstructionSet.Avx2: Run(plan, new SoftmaxGradientRows<T, Vector256Simd<T>>(length, isLogarithm), length); break;
                case InstructionSet.Vector128: Run(plan, new SoftmaxGradientRows<T, Vector128Simd<T>>(length, isLogarithm), length); break;
                default: Run(plan, new SoftmaxGradientRows<T, ScalarSimd<T>>(length, isLogarithm), length); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Run<TKernel>(in LoopPlan plan, TKernel kernel, nint length)
        where TKernel : struct, IRowKernel => RowLoop.Run(_workers, plan, kernel, (long)length * RowWork);
}
