using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends.Gpu.Kernels;

namespace NeuralNet.Backends.Gpu;

internal sealed partial class GpuBackend
{
    public void Uniform<T>(ulong key, ulong counter, T low, T high, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (y.IsEmpty)
            return;
        if (Constants<T>.IsFloat)
        {
            (float from, float to) = (Unsafe.BitCast<T, float>(low), Unsafe.BitCast<T, float>(high));
            Launch(
                Kernels.RandomKernels.UniformSingles, ForItems(y.Layout.Length / RandomBits.WordsPerBlock + 1),
                DrawAt(key, counter), from, to - from, RandomBits.LastBelow(from, to), Range(y.As<T, float>()));
        }
        else
        {
            (double from, double to) = (Unsafe.BitCast<T, double>(low), Unsafe.BitCast<T, double>(high));
            Launch(
                Kernels.RandomKernels.UniformDoubles, ForItems(y.Layout.Length / RandomBits.LongsPerBlock + 1),
                DrawAt(key, counter), from, to - from, RandomBits.LastBelow(from, to), Range(y.As<T, double>()));
        }
    }

    public void Normal<T>(ulong key, ulong counter, T mean, T deviation, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (y.IsEmpty)
            return;
        if (Constants<T>.IsFloat)
        {
            Launch(
                Kernels.RandomKernels.NormalSingles, ForItems(y.Layout.Length / RandomBits.WordsPerBlock + 1),
                DrawAt(key, counter), Unsafe.BitCast<T, float>(mean), Unsafe.BitCast<T, float>(deviation), Range(y.As<T, float>()));
        }
        else
        {
            Launch(
                Kernels.RandomKernels.NormalDoubles, ForItems(y.Layout.Length / RandomBits.LongsPerBlock + 1),
                DrawAt(key, counter), Unsafe.BitCast<T, double>(mean), Unsafe.BitCast<T, double>(deviation), Range(y.As<T, double>()));
        }
    }

    public void Bernoulli(ulong key, ulong counter, double probability, View<byte> y)
    {
        if (y.IsEmpty)
            return;
        Launch(
            Kernels.RandomKernels.Masks, ForItems(y.Layout.Length / RandomBits.WordsPerBlock + 1),
            DrawAt(key, counter), RandomBits.Threshold(probability), Range(y));
    }

    public void Integers(ulong key, ulong counter, long low, long high, View<long> y)
    {
        if (y.IsEmpty)
            return;
        Launch(
            Kernels.RandomKernels.Integers, ForItems(y.Layout.Length / RandomBits.LongsPerBlock + 1),
            DrawAt(key, counter), low, (ulong)high - (ulong)low, Range(y));
    }

    private DrawArguments DrawAt(ulong key, ulong counter) => new()
    {
        Key = key,
        Counter = counter,
        Shift = Recording is { } recording ? recording.AddDraw(key, counter) : default,
    };
}
