using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>A bias as kernels read it, one channel behind the other: the tensor itself where it lies like that, otherwise a copy.</summary>
internal readonly ref struct BiasRow<T> : IDisposable
    where T : unmanaged
{
    private readonly Scratch<T> _copy;
    private readonly View<T>? _bias;

    /// <summary>Takes the bias, or copies it; null stays null.</summary>
    public BiasRow(CpuBackend backend, View<T>? bias)
    {
        _bias = bias;
        if (bias is not { Layout.IsContiguous: false } strided)
            return;
        _copy = new(backend, strided.Layout.Length);
        backend.Copy(strided, _copy.View);
        _bias = _copy.View;
    }

    /// <summary>The first channel; a null reference without a bias.</summary>
    public ref T Reference() => ref _bias is { } bias ? ref bias.Reference() : ref Unsafe.NullRef<T>();

    /// <summary>Gives a copy back.</summary>
    public void Dispose() => _copy.Dispose();
}
