using System.Numerics;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>The cross-entropy of several rows of consecutive logits; operand 0 is y, 1 is x, 2 the target.</summary>
internal readonly unsafe struct CrossEntropyRows<T, TVector>(nint length, long ignoreIndex) : IRowKernel
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    public void Run(in Row row)
    {
        byte* y = row.P0;
        byte* x = row.P1;
        byte* target = row.P2;
        for (nint i = 0; i < row.Count; i++, y += row.S0, x += row.S1, target += row.S2)
            *(T*)y = *(long*)target == ignoreIndex ? T.Zero : RunRow((T*)x, (nint)(*(long*)target));
    }

    private T RunRow(T* x, nint target)
    {
        T max = Exponentials<T, TVector>.Max(x, length);
        return T.Log(Exponentials<T, TVector>.Sum(x, length, max, null)) - (x[target] - max);
    }
}

/// <summary>The gradient of the cross-entropy of several rows of logits; operand 0 is dx, 1 is x, 2 the target, 3 is dy.</summary>
internal readonly unsafe struct CrossEntropyGradientRows<T, TVector>(nint length, long ignoreIndex) : IRowKernel
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct, ISimd<TVector, T>
{
    public void Run(in Row row)
    {
        byte* dx = row.P0;
        byte* x = row.P1;
        byte* target = row.P2;
        byte* dy = row.P3;
        for (nint i = 0; i < row.Count; i++, dx += row.S0, x += row.S1, target += row.S2, dy += row.S3)
        {
            if (*(long*)target == ignoreIndex)
                new Span<T>(dx, (int)length).Clear();
            else
                RunRow((T*)x, (nint)(*(long*)target), *(T*)dy, (T*)dx);
        }
    }

    private void RunRow(T* x, nint target, T dy, T* dx)
    {
        T max = Exponentials<T, TVector>.Max(x, length);
        T sum = Exponentials<T, TVector>.Sum(x, length, max, dx);
        Exponentials<T, TVector>.Scale(dx, length, dy / sum);
        dx[target] -= dy;
    }
}
