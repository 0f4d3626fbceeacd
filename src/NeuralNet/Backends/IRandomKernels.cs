using System.Numerics;

namespace NeuralNet.Backends;

/// <summary>
/// Random numbers from the Philox stream of a key: element i, in logical order, depends on key, counter and i alone, so
/// that the numbers are the same on every device and for every number of workers. y is contiguous.
/// </summary>
internal interface IRandomKernels
{
    /// <summary>Uniform on [low, high).</summary>
    void Uniform<T>(ulong key, ulong counter, T low, T high, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Normal with a mean and a standard deviation.</summary>
    void Normal<T>(ulong key, ulong counter, T mean, T deviation, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>1 with the given probability, else 0.</summary>
    void Bernoulli(ulong key, ulong counter, double probability, View<byte> y);

    /// <summary>Uniform integers in [low, high).</summary>
    void Integers(ulong key, ulong counter, long low, long high, View<long> y);
}
