using System.Numerics;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>Four numbers in registers.</summary>
internal struct RegisterRow<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T X0;
    public T X1;
    public T X2;
    public T X3;

    /// <summary>Adds a multiple of another row; the compiler of the device makes each line one instruction.</summary>
    public void AddScaled(T factor, in RegisterRow<T> other)
    {
        X0 += factor * other.X0;
        X1 += factor * other.X1;
        X2 += factor * other.X2;
        X3 += factor * other.X3;
    }

    public void Add(in RegisterRow<T> other)
    {
        X0 += other.X0;
        X1 += other.X1;
        X2 += other.X2;
        X3 += other.X3;
    }
}
