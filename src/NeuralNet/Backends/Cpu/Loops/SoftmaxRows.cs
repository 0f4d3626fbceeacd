using System.Numerics;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>Softmax, or its logarithm, of several rows of consecutive elements; operand 0 is y, operand 1 is x.</summary>
internal readonly unsafe struct SoftmaxRows<T, TVector>(nint length, bool isLogarithm) : IRowKernel
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    public void Run(in Row row)
    {
        byte* x = row.P1;
        byte* y = row.P0;
        for (nint i = 0; i < row.Count; i++, x += row.S1, y += row.S0)
            RunRow((T*)x, (T*)y);
    }

    private void RunRow(T* x, T* y)
    {
        T max = Exponentials<T, TVector>.Max(x, length);
        T sum = Exponentials<T, TVector>.Sum(x, length, max, isLogarithm ? null : y);
        if (isLogarithm)
            Exponentials<T, TVector>.Subtract(x, length, max, T.Log(sum), y);
        else
            Exponentials<T, TVector>.Scale(y, length, T.One / sum);
    }
}
