using ILGPU;
using ILGPU.Runtime;

namespace NeuralNet.Backends.Gpu;

// A launch of a kernel with any number of arguments. A device takes one at a time.
internal sealed partial class GpuBackend
{
    private void Launch<T1, T2, T3>(
        Action<T1, T2, T3> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3)
    {
        lock (_gate)
            Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3>>(kernel)(_stream!, config, a1, a2, a3);
    }

    private void Launch<T1, T2, T3, T4>(
        Action<T1, T2, T3, T4> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4)
    {
        lock (_gate)
            Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4>>(kernel)(_stream!, config, a1, a2, a3, a4);
    }

    private void Launch<T1, T2, T3, T4, T5>(
        Action<T1, T2, T3, T4, T5> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5)
    {
        lock (_gate)
            Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5>>(kernel)(_stream!, config, a1, a2, a3, a4, a5);
    }

    private void Launch<T1, T2, T3, T4, T5, T6>(
        Action<T1, T2, T3, T4, T5, T6> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6)
    {
        lock (_gate)
            Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6>>(kernel)(_stream!, config, a1, a2, a3, a4, a5, a6);
    }

    private void Launch<T1, T2, T3, T4, T5, T6, T7>(
        Action<T1, T2, T3, T4, T5, T6, T7> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7)
    {
        lock (_gate)
            Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7>>(kernel)(_stream!, config, a1, a2, a3, a4, a5, a6, a7);
    }

    private void Launch<T1, T2, T3, T4, T5, T6, T7, T8>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8)
    {
        lock (_gate)
            Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8>>(kernel)(_stream!, config, a1, a2, a3, a4, a5, a6, a7, a8);
    }

    private void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9)
    {
        lock (_gate)
            Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9>>(kernel)(_stream!, config, a1, a2, a3, a4, a5, a6, a7, a8, a9);
    }

    private void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10)
    {
        lock (_gate)
            Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>>(kernel)(_stream!, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10);
    }

    private void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11)
    {
        lock (_gate)
            Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>>(kernel)(_stream!, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11);
    }

    private void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12)
    {
        lock (_gate)
            Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>>(kernel)(_stream!, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12);
    }

    private void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12, T13 a13)
    {
        lock (_gate)
            Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>>(kernel)(_stream!, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13);
    }

    private void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12, T13 a13, T14 a14)
    {
        lock (_gate)
            Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14>>(kernel)(_stream!, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14);
    }
}
