using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>Products of so few multiplications that to divide, pack or transpose anything would be more work than they are.</summary>
internal static unsafe class TinyProduct<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double MostSteps = 256;

    /// <summary>Whether a product is one of these; results of many empty sums are not.</summary>
    public static bool Takes(in MatMulProblem<T> problem) =>
        problem.Batches == 1 && (double)problem.M * problem.N * Math.Max(1, problem.K) <= MostSteps;

    /// <summary>Computes the product, each sum in the order of its steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in MatMulProblem<T> problem)
    {
        (nint rows, nint columns, nint steps) = (problem.M, problem.N, problem.K);
        (nint aStep, nint bStep) = (problem.AStep, problem.BStep);
        for (nint row = 0; row < rows; row++)
        {
            T* a = problem.A + row * problem.ARow;
            T* c = problem.C + row * problem.CRow;
            for (nint column = 0; column < columns; column++)
            {
                T* left = a;
                T* right = problem.B + column * problem.BColumn;
                T sum = T.Zero;
                for (nint step = 0; step < steps; step++, left += aStep, right += bStep)
                    sum = T.MultiplyAddEstimate(*left, *right, sum);
                if (problem.Accumulate)
                    sum = c[column] + sum;
                if (problem.Bias != null)
                    sum += problem.Bias[column * problem.BiasColumn];
                c[column] = problem.Relu && sum <= T.Zero ? T.Zero : sum;
            }
        }
    }
}
