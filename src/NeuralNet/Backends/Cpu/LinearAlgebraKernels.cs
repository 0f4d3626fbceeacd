using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Cpu.Gemm;
using NeuralNet.Backends.Cpu.Simd;

namespace NeuralNet.Backends.Cpu;

internal sealed unsafe partial class CpuBackend
{
    public void MatMul<T>(View<T> a, View<T> b, View<T> c, in MatMulEpilogue<T> epilogue)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (c.IsEmpty)
            return;
        bool hasBias = epilogue.Bias.HasValue;
        View<T> bias = epilogue.Bias.GetValueOrDefault();
        fixed (T* pinnedA = &a.Reference(), pinnedB = &b.Reference(), pinnedC = &c.Reference())
        fixed (T* pinnedBias = &(hasBias ? ref bias.Reference() : ref Unsafe.NullRef<T>()))
        {
            MatMulProblem<T> problem = new()
            {
                A = pinnedA,
                B = pinnedB,
                C = pinnedC,
                Bias = pinnedBias,
                BiasColumn = hasBias ? (nint)bias.Layout.Strides[^1] : 0,
                M = (nint)c.Layout.Sizes[^2],
                N = (nint)c.Layout.Sizes[^1],
                K = (nint)a.Layout.Sizes[^1],
                ARow = (nint)a.Layout.Strides[^2],
                AStep = (nint)a.Layout.Strides[^1],
                BStep = (nint)b.Layout.Strides[^2],
                BColumn = (nint)b.Layout.Strides[^1],
                CRow = (nint)c.Layout.Strides[^2],
                Accumulate = epilogue.Accumulate,
                Relu = epilogue.Activation == FusedActivation.Relu,
                Batches = 1,
            };
            Debug.Assert(problem.N == 1 || c.Layout.Strides[^1] == 1, "The last axis of c is contiguous.");
            if (c.Layout.Rank > 2)
                RunBatched(a.Layout, b.Layout, c.Layout, ref problem);
            else
                Run(ref problem);
        }
    }

    private void RunBatched<T>(Layout a, Layout b, Layout c, ref MatMulProblem<T> problem)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        BatchAxes batch = default;
        for (int axis = 0; axis < c.Rank - 2; axis++)
            batch.Add(c.Sizes[axis], a.Strides[axis], b.Strides[axis], c.Strides[axis]);
        while (batch.TryMergeIntoRows(ref problem.M, ref problem.ARow, ref problem.CRow))
        {
        }
        problem.Batches = batch.Count();
        problem.Batch = &batch;
        Run(ref problem);
    }

    private void Run<T>(ref MatMulProblem<T> problem)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            Run(in Unsafe.As<MatMulProblem<T>, MatMulProblem<float>>(ref problem));
        else if (typeof(T) == typeof(double))
            Run(in Unsafe.As<MatMulProblem<T>, MatMulProblem<double>>(ref problem));
        else
            throw new UnreachableException();
    }

    private void Run(in MatMulProblem<float> problem)
    {
        switch (_instructionSet)
        {
            case InstructionSet.Avx512: Run<float, Vector512Simd<float>>(in problem); break;
            case InstructionSet.Avx2: Run<float, Vector256Simd<float>>(in problem); break;
            case InstructionSet.Vector128: Run<float, Vector128Simd<float>>(in problem); break;
            default: Run<float, ScalarSimd<float>>(in problem); break;
        }
    }

    private void Run(in MatMulProblem<double> problem)
    {
        switch (_instructionSet)
        {
            case InstructionSet.Avx512: Run<double, Vector512Simd<double>>(in problem); break;
            case InstructionSet.Avx2: Run<double, Vector256Simd<double>>(in problem); break;
            case InstructionSet.Vector128: Run<double, Vector128Simd<double>>(in problem); break;
            default: Run<double, ScalarSimd<double>>(in problem); break;
        }
    }

    private void Run<T, TVector>(in MatMulProblem<T> problem)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : struct, ISimd<TVector, T>
    {
        if (TinyProduct<T>.Takes(in problem))
            TinyProduct<T>.Run(in problem);
        else if (problem.M == 1 || problem.N == 1)
            Gemv<T, TVector>.Run(in problem, _workers);
        else
            Gemm<T, TVector>.Run(in problem, _workers);
    }
}
