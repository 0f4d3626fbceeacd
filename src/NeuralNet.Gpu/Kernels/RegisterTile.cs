using System.Numerics;
using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>The 4 × 4 sums of a thread, written out: an array would live in slow memory instead of in registers.</summary>
internal struct RegisterTile<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public RegisterRow<T> Row0;
    public RegisterRow<T> Row1;
    public RegisterRow<T> Row2;
    public RegisterRow<T> Row3;

    /// <summary>
    /// Adds the outer product of four elements of a and four of b, each <paramref name="spacing"/> apart in shared memory.
    /// </summary>
    public void AddProduct(ArrayView<T> a, int aStart, ArrayView<T> b, int bStart, int spacing)
    {
        RegisterRow<T> row = new()
        {
            X0 = b[bStart],
            X1 = b[bStart + spacing],
            X2 = b[bStart + 2 * spacing],
            X3 = b[bStart + 3 * spacing],
        };
        Row0.AddScaled(a[aStart], row);
        Row1.AddScaled(a[aStart + spacing], row);
        Row2.AddScaled(a[aStart + 2 * spacing], row);
        Row3.AddScaled(a[aStart + 3 * spacing], row);
    }

    /// <summary>Adds the outer product of four numbers and four others.</summary>
    public void AddProduct(in RegisterRow<T> a, in RegisterRow<T> b)
    {
        Row0.AddScaled(a.X0, b);
        Row1.AddScaled(a.X1, b);
        Row2.AddScaled(a.X2, b);
        Row3.AddScaled(a.X3, b);
    }

    public void Add(in RegisterTile<T> other)
    {
        Row0.Add(other.Row0);
        Row1.Add(other.Row1);
        Row2.Add(other.Row2);
        Row3.Add(other.Row3);
    }
}
