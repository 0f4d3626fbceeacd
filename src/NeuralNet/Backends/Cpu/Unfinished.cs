namespace NeuralNet.Backends.Cpu;

// Scaffolding while the kernels are written side by side; each file of kernels deletes its lines here, and the last one deletes the file.
internal sealed partial class CpuBackend
{
    public void Uniform<T>(ulong key, ulong counter, T low, T high, View<T> y)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => throw new NotSupportedException();

    public void Normal<T>(ulong key, ulong counter, T mean, T deviation, View<T> y)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => throw new NotSupportedException();

    public void Bernoulli(ulong key, ulong counter, double probability, View<byte> y) => throw new NotSupportedException();

    public void Integers(ulong key, ulong counter, long low, long high, View<long> y) => throw new NotSupportedException();
}
