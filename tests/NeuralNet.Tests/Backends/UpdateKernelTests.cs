using NeuralNet.Backends;
using NeuralNet.Backends.Cpu;
using static NeuralNet.Tests.Backends.KernelBench;

namespace NeuralNet.Tests.Backends;

/// <summary>Steps of optimizers as kernels: every element once, the same bits on any threads, vectors, and cuts.</summary>
public sealed class UpdateKernelTests
{
    private static readonly long[] s_sizes = [0, 1, 2, 3, 13, 0, 31, 33, 65, 1009];

    private static readonly long[] s_largeSizes = [7, 40_009, 0, 0, 16_384, 5, 100_003, 1, 1, 16_377];

    public static TheoryData<InstructionSet> InstructionSets => KernelBench.InstructionSets;

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Update_SmallParameters_ChangesEveryElementOnce(InstructionSet set) => Check<float>(set, s_sizes, x => (float)x);

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Update_OfDoubles_ChangesEveryElementOnce(InstructionSet set) => Check(set, s_sizes, x => x);

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Update_LargeParameters_ChangesEveryElementOnce(InstructionSet set) => Check<float>(set, s_largeSizes, x => (float)x);

    [Fact]
    public void Update_OfNothing_DoesNothing() => Backend(InstructionSet.Scalar).Update<float, Mixture<float>>(default);

    [Fact]
    public void Update_PartOfTheArray_LeavesTheRest()
    {
        CpuBackend backend = Backend(InstructionSet.Scalar);
        Update<float, Mixture<float>>[] updates = [.. Enumerable.Range(0, 3).Select(i => Make<float>(backend, 5, i, x => (float)x))];
        float[] untouched = Read(backend, updates[0].Parameter);
        float[] changed = Read(backend, updates[1].Parameter);
        backend.Update(new ArraySegment<Update<float, Mixture<float>>>(updates, 1, 1));
        Read(backend, updates[0].Parameter).Should().Equal(untouched);
        Read(backend, updates[1].Parameter).Should().NotEqual(changed);
    }

    /// <summary>Compares with the scalar form element by element, in bits.</summary>
    private static void Check<T>(InstructionSet set, long[] sizes, Func<double, T> convert)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        T[] result = RunOnAnyThreads(set, new Shape(sizes.Sum()), backend =>
        {
            Update<T, Mixture<T>>[] updates = [.. sizes.Select((size, i) => Make(backend, size, i, convert))];
            backend.Update<T, Mixture<T>>(updates);
            return updates.SelectMany(update => Views(update).SelectMany(view => Read(backend, view))).ToArray();
        });
        result.Should().Equal(sizes.SelectMany((size, i) => Expected(size, i, convert)));
    }

    private static IEnumerable<T> Expected<T>(long size, int index, Func<double, T> convert)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        T[][] operands = [.. Enumerable.Range(0, 5).Select(
            k => Enumerable.Range(0, (int)size).Select(i => convert(Value(index, k, i))).ToArray())];
        Mixture<T> op = new(convert(index + 1));
        for (int i = 0; i < size; i++)
            op.Invoke(ref operands[0][i], operands[1][i], ref operands[2][i], ref operands[3][i], ref operands[4][i]);
        return operands.SelectMany(values => values);
    }

    private static Update<T, Mixture<T>> Make<T>(CpuBackend backend, long size, int index, Func<double, T> convert)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        Layout layout = Layout.Contiguous([size]);
        View<T>[] views = [.. Enumerable.Range(0, 5).Select(k => KernelBench.Make(backend, layout, i => convert(Value(index, k, i))))];
        return new(new(convert(index + 1)), views[0], views[1], new(views[2], views[3], views[4]));
    }

    private static View<T>[] Views<T>(Update<T, Mixture<T>> update)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        [update.Parameter, update.Gradient, update.States.First, update.States.Second, update.States.Third];

    private static double Value(int update, int operand, long element) => 1 + (update * 31 + operand * 7 + element * 13) % 97;

    /// <summary>Mixes all operands, so that none can be forgotten or exchanged.</summary>
    private readonly struct Mixture<T>(T factor) : IUpdateOperator<T>
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        private readonly T _factor = factor;

        public static int States => 3;

        public void Invoke(ref T parameter, T gradient, ref T first, ref T second, ref T third)
        {
            first = _factor * first + gradient;
            second = first / second;
            third -= second;
            parameter = parameter * third + T.Sqrt(gradient);
        }

        public void Invoke<TVector>(ref TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
            where TVector : struct, ISimd<TVector, T>
        {
            first = TVector.Create(_factor) * first + gradient;
            second = first / second;
            third -= second;
            parameter = parameter * third + TVector.Sqrt(gradient);
        }
    }
}
