using ILGPU;
using ILGPU.Runtime;

namespace NeuralNet.Backends.Gpu;

// A launch of a kernel with any number of arguments. A device takes one at a time; one of a captured step is kept, with its arguments, to be done again.
internal sealed partial class GpuBackend
{
    private void Launch<T1, T2, T3>(
        Action<T1, T2, T3> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3)
    {
        lock (_gate)
        {
            Action<AcceleratorStream, KernelConfig, T1, T2, T3> launcher = Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3>>(kernel);
            launcher(_stream!, config, a1, a2, a3);
            Recording?.Add(Bind(launcher, config, a1, a2, a3));
        }
    }

    private static Action<AcceleratorStream> Bind<T1, T2, T3>(
        Action<AcceleratorStream, KernelConfig, T1, T2, T3> launcher, KernelConfig config, T1 a1, T2 a2, T3 a3) =>
        stream => launcher(stream, config, a1, a2, a3);

    private void Launch<T1, T2, T3, T4>(
        Action<T1, T2, T3, T4> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4)
    {
        lock (_gate)
        {
            Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4> launcher = Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4>>(kernel);
            launcher(_stream!, config, a1, a2, a3, a4);
            Recording?.Add(Bind(launcher, config, a1, a2, a3, a4));
        }
    }

    private static Action<AcceleratorStream> Bind<T1, T2, T3, T4>(
        Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4> launcher, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4) =>
        stream => launcher(stream, config, a1, a2, a3, a4);

    private void Launch<T1, T2, T3, T4, T5>(
        Action<T1, T2, T3, T4, T5> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5)
    {
        lock (_gate)
        {
            Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5> launcher = Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5>>(kernel);
            launcher(_stream!, config, a1, a2, a3, a4, a5);
            Recording?.Add(Bind(launcher, config, a1, a2, a3, a4, a5));
        }
    }

    private static Action<AcceleratorStream> Bind<T1, T2, T3, T4, T5>(
        Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5> launcher, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5) =>
        stream => launcher(stream, config, a1, a2, a3, a4, a5);

    private void Launch<T1, T2, T3, T4, T5, T6>(
        Action<T1, T2, T3, T4, T5, T6> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6)
    {
        lock (_gate)
        {
            Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6> launcher = Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6>>(kernel);
            launcher(_stream!, config, a1, a2, a3, a4, a5, a6);
            Recording?.Add(Bind(launcher, config, a1, a2, a3, a4, a5, a6));
        }
    }

    private static Action<AcceleratorStream> Bind<T1, T2, T3, T4, T5, T6>(
        Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6> launcher, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6) =>
        stream => launcher(stream, config, a1, a2, a3, a4, a5, a6);

    private void Launch<T1, T2, T3, T4, T5, T6, T7>(
        Action<T1, T2, T3, T4, T5, T6, T7> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7)
    {
        lock (_gate)
        {
            Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7> launcher = Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7>>(kernel);
            launcher(_stream!, config, a1, a2, a3, a4, a5, a6, a7);
            Recording?.Add(Bind(launcher, config, a1, a2, a3, a4, a5, a6, a7));
        }
    }

    private static Action<AcceleratorStream> Bind<T1, T2, T3, T4, T5, T6, T7>(
        Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7> launcher, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7) =>
        stream => launcher(stream, config, a1, a2, a3, a4, a5, a6, a7);

    private void Launch<T1, T2, T3, T4, T5, T6, T7, T8>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8)
    {
        lock (_gate)
        {
            Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8> launcher = Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8>>(kernel);
            launcher(_stream!, config, a1, a2, a3, a4, a5, a6, a7, a8);
            Recording?.Add(Bind(launcher, config, a1, a2, a3, a4, a5, a6, a7, a8));
        }
    }

    private static Action<AcceleratorStream> Bind<T1, T2, T3, T4, T5, T6, T7, T8>(
        Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8> launcher, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8) =>
        stream => launcher(stream, config, a1, a2, a3, a4, a5, a6, a7, a8);

    private void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9)
    {
        lock (_gate)
        {
            Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9> launcher = Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9>>(kernel);
            launcher(_stream!, config, a1, a2, a3, a4, a5, a6, a7, a8, a9);
            Recording?.Add(Bind(launcher, config, a1, a2, a3, a4, a5, a6, a7, a8, a9));
        }
    }

    private static Action<AcceleratorStream> Bind<T1, T2, T3, T4, T5, T6, T7, T8, T9>(
        Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9> launcher, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9) =>
        stream => launcher(stream, config, a1, a2, a3, a4, a5, a6, a7, a8, a9);

    private void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10)
    {
        lock (_gate)
        {
            Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> launcher = Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>>(kernel);
            launcher(_stream!, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10);
            Recording?.Add(Bind(launcher, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10));
        }
    }

    private static Action<AcceleratorStream> Bind<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>(
        Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> launcher, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10) =>
        stream => launcher(stream, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10);

    private void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11)
    {
        lock (_gate)
        {
            Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> launcher = Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>>(kernel);
            launcher(_stream!, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11);
            Recording?.Add(Bind(launcher, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11));
        }
    }

    private static Action<AcceleratorStream> Bind<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>(
        Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> launcher, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11) =>
        stream => launcher(stream, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11);

    private void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12)
    {
        lock (_gate)
        {
            Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> launcher = Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>>(kernel);
            launcher(_stream!, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12);
            Recording?.Add(Bind(launcher, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12));
        }
    }

    private static Action<AcceleratorStream> Bind<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>(
        Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> launcher, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12) =>
        stream => launcher(stream, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12);

    private void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12, T13 a13)
    {
        lock (_gate)
        {
            Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> launcher = Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>>(kernel);
            launcher(_stream!, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13);
            Recording?.Add(Bind(launcher, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13));
        }
    }

    private static Action<AcceleratorStream> Bind<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>(
        Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> launcher, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12, T13 a13) =>
        stream => launcher(stream, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13);

    private void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12, T13 a13, T14 a14)
    {
        lock (_gate)
        {
            Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> launcher = Loader().Load<Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14>>(kernel);
            launcher(_stream!, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14);
            Recording?.Add(Bind(launcher, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14));
        }
    }

    private static Action<AcceleratorStream> Bind<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14>(
        Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> launcher, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12, T13 a13, T14 a14) =>
        stream => launcher(stream, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14);
}
