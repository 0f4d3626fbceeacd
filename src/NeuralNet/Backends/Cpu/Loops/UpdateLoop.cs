using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>One pass over a part of a parameter, its gradient and its states.</summary>
internal static unsafe class UpdateLoop<T, TOp, TVector>
    where T : unmanaged
    where TOp : unmanaged, IUpdateOperator<T>
    where TVector : struct, ISimd<TVector, T>
{
    /// <summary>Updates <paramref name="count"/> elements in the order of memory, from the given one on.</summary>
    public static void Run(in Update<T, TOp> update, long start, long count)
    {
        if (count == 0)
            return;
        fixed (T* parameter = &update.Parameter.Reference(), gradient = &update.Gradient.Reference())
        fixed (T* first = &State(update.States.First, 0), second = &State(update.States.Second, 1), third = &State(update.States.Third, 2))
        {
            nint offset = (nint)start;
            Run(update.Operator, parameter + offset, gradient + offset, first + offset, second + offset, third + offset, (nint)count);
        }
    }

    private static ref T State(View<T> state, int index) =>
        ref index < TOp.States ? ref state.Reference() : ref Unsafe.NullRef<T>();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(TOp op, T* parameter, T* gradient, T* first, T* second, T* third, nint count)
    {
        nint i = 0;
        for (; TVector.Count > 1 && i <= count - TVector.Count; i += TVector.Count)
        {
            TVector p = TVector.Load(parameter + i);
            TVector s1 = TOp.States > 0 ? TVector.Load(first + i) : default;
            TVector s2 = TOp.States > 1 ? TVector.Load(second + i) : default;
            TVector s3 = TOp.States > 2 ? TVector.Load(third + i) : default;
            op.Invoke(ref p, TVector.Load(gradient + i), ref s1, ref s2, ref s3);
            p.Store(parameter + i);
            if (TOp.States > 0)
                s1.Store(first + i);
            if (TOp.States > 1)
                s2.Store(second + i);
            if (TOp.States > 2)
                s3.Store(third + i);
        }
        T unused = default;
        for (; i < count; i++)
        {
            ref T s1 = ref TOp.States > 0 ? ref first[i] : ref unused;
            ref T s2 = ref TOp.States > 1 ? ref second[i] : ref unused;
            ref T s3 = ref TOp.States > 2 ? ref third[i] : ref unused;
            op.Invoke(ref parameter[i], gradient[i], ref s1, ref s2, ref s3);
        }
    }
}
