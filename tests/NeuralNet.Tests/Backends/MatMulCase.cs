using System.Numerics;
using System.Runtime.InteropServices;
using NeuralNet.Backends;
using NeuralNet.Backends.Cpu;

namespace NeuralNet.Tests.Backends;

/// <summary>
/// One matrix product with random operands: runs it on a backend, and knows the exact answer and how far from it rounding may lead.
/// </summary>
internal sealed class MatMulCase<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _a;
    private readonly T[] _b;
    private readonly T[] _c;

    public MatMulCase(int m, int k, int n, int seed = 1)
        : this(Layout.Contiguous([m, k]), Layout.Contiguous([k, n]), Layout.Contiguous([m, n]), seed)
    {
    }

    public MatMulCase(Layout a, Layout b, Layout c, int seed = 1)
    {
        (A, B, C) = (a, b, c);
        Random random = new(seed);
        _a = Draw(random, Extent(a));
        _b = Draw(random, Extent(b));
        _c = Draw(random, Extent(c));
        Bias = Draw(random, (int)c.Sizes[^1]);
    }

    public Layout A { get; }

    public Layout B { get; }

    public Layout C { get; }

    public T[] Bias { get; }

    /// <summary>Computes the product and returns all of c's memory, what lies between its rows included.</summary>
    public T[] Run(CpuBackend backend, bool accumulate = false, bool bias = false, bool relu = false, int biasStride = 1)
    {
        View<T> c = Upload(backend, _c, C);
        backend.MatMul(Upload(backend, _a, A), Upload(backend, _b, B), c, new()
        {
            Accumulate = accumulate,
            Bias = bias ? Upload(backend, Spread(Bias, biasStride), new([Bias.Length], [biasStride], 0)) : null,
            Activation = relu ? FusedActivation.Relu : FusedActivation.None,
        });
        T[] result = new T[_c.Length];
        backend.Download(c.Storage, 0, MemoryMarshal.AsBytes(result.AsSpan()));
        return result;
    }

    /// <summary>Adds the bias and applies ReLU to a result, as separate operations would.</summary>
    public T[] ApplySeparately(T[] result, bool bias, bool relu)
    {
        T[] y = [.. result];
        foreach (long[] index in Indices(C))
        {
            ref T value = ref y[OffsetOf(C, index)];
            if (bias)
                value += Bias[index[^1]];
            if (relu)
                value = value <= T.Zero ? T.Zero : value;
        }
        return y;
    }

    /// <summary>
    /// Compares a result with a plain triple loop in double precision, within the bound for a sum in any order; memory outside c must be
    /// as it was.
    /// </summary>
    public void Check(T[] result, bool accumulate = false, bool bias = false, bool relu = false)
    {
        double epsilon = typeof(T) == typeof(float) ? Math.ScaleB(1, -23) : Math.ScaleB(1, -52);
        long steps = A.Sizes[^1];
        bool[] inside = new bool[result.Length];
        double[] a = [.. _a.Select(double.CreateChecked)];
        double[] b = [.. _b.Select(double.CreateChecked)];
        foreach (long[] index in Indices(C))
        {
            long place = OffsetOf(C, index);
            inside[place] = true;
            double sum = accumulate ? double.CreateChecked(_c[place]) : 0;
            double magnitude = Math.Abs(sum);
            long left = OffsetOf(A, [.. index[..^1], 0]);
            long right = OffsetOf(B, [.. index[..^2], 0, index[^1]]);
            for (long k = 0; k < steps; k++)
            {
                double product = a[left + k * A.Strides[^1]] * b[right + k * B.Strides[^2]];
                sum += product;
                magnitude += Math.Abs(product);
            }
            if (bias)
            {
                sum += double.CreateChecked(Bias[index[^1]]);
                magnitude += Math.Abs(double.CreateChecked(Bias[index[^1]]));
            }
            if (relu)
                sum = Math.Max(sum, 0);
            double error = Math.Abs(double.CreateChecked(result[place]) - sum);
            if (!(error <= (steps + 2) * epsilon * magnitude))
                Assert.Fail($"{A} · {B}: element [{string.Join(", ", index)}] is {result[place]}, should be {sum}.");
        }
        for (int place = 0; place < result.Length; place++)
        {
            if (!inside[place] && result[place] != _c[place])
                Assert.Fail($"Memory outside {C} was written, at {place}.");
        }
    }

    /// <summary>Sets an element of a.</summary>
    public void SetA(int offset, T value) => _a[offset] = value;

    /// <summary>Sets what c holds before the product.</summary>
    public void FillC(T value) => Array.Fill(_c, value);

    /// <summary>The same values at a distance from each other, NaN between.</summary>
    private static T[] Spread(T[] values, int stride)
    {
        T[] spread = new T[values.Length * stride];
        Array.Fill(spread, T.NaN);
        for (int i = 0; i < values.Length; i++)
            spread[i * stride] = values[i];
        return spread;
    }

    private static View<T> Upload(CpuBackend backend, T[] values, Layout layout)
    {
        View<T> view = new(backend.Allocate(Math.Max(1, values.Length) * (long)Marshal.SizeOf<T>()), layout);
        backend.Upload(MemoryMarshal.AsBytes(values.AsSpan()), view.Storage, 0);
        return view;
    }

    private static T[] Draw(Random random, int count)
    {
        T[] values = new T[count];
        foreach (ref T value in values.AsSpan())
            value = T.CreateChecked(random.NextDouble() * 2 - 1);
        return values;
    }

    /// <summary>The elements of memory that a layout reaches, and a few behind them.</summary>
    private static int Extent(Layout layout)
    {
        long last = layout.Offset;
        for (int axis = 0; axis < layout.Rank; axis++)
            last += Math.Max(0, layout.Sizes[axis] - 1) * layout.Strides[axis];
        return (int)last + 4;
    }

    private static long OffsetOf(Layout layout, ReadOnlySpan<long> index)
    {
        long offset = layout.Offset;
        for (int axis = 0; axis < layout.Rank; axis++)
            offset += index[axis] * layout.Strides[axis];
        return offset;
    }

    private static IEnumerable<long[]> Indices(Layout layout)
    {
        long[] sizes = layout.Shape.ToArray();
        for (long position = 0; position < layout.Length; position++)
        {
            long[] index = new long[sizes.Length];
            long rest = position;
            for (int axis = sizes.Length - 1; axis >= 0; axis--)
                (rest, index[axis]) = Math.DivRem(rest, sizes[axis]);
            yield return index;
        }
    }
}
