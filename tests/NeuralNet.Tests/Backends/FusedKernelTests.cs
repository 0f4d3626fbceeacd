using System.Numerics;
using NeuralNet.Backends;
using NeuralNet.Backends.Cpu;
using NeuralNet.Testing;
using static NeuralNet.Tests.Backends.KernelBench;

namespace NeuralNet.Tests.Backends;

/// <summary>Fused kernels against the steps that they stand for.</summary>
public sealed class FusedKernelTests
{
    private static readonly long[] s_lengths = [1, 2, 3, 13, 31, 33, 65, 127, 1009];

    private static readonly long[] s_rows = [0, 1, 3, 61, 257];

    public static TheoryData<InstructionSet> InstructionSets => KernelBench.InstructionSets;

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Softmax_AnyRows_IsThatOfTheSteps(InstructionSet set)
    {
        Compare<float>(set, (b, x, y) => b.Softmax(x, 1, y), (b, x, y) => SoftmaxOp.Compose(b, x, 1, y), DType.Float32);
        Compare<double>(set, (b, x, y) => b.Softmax(x, 1, y), (b, x, y) => SoftmaxOp.Compose(b, x, 1, y), DType.Float64);
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void LogSoftmax_AnyRows_IsThatOfTheSteps(InstructionSet set)
    {
        Compare<float>(set, (b, x, y) => b.LogSoftmax(x, 1, y), (b, x, y) => LogSoftmaxOp.Compose(b, x, 1, y), DType.Float32);
        Compare<double>(set, (b, x, y) => b.LogSoftmax(x, 1, y), (b, x, y) => LogSoftmaxOp.Compose(b, x, 1, y), DType.Float64);
    }

    /// <summary>Logits in the order of their classes go through the steps, in the order of the rows through the kernel.</summary>
    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void CrossEntropy_OfEitherOrder_IsTheSame(InstructionSet set)
    {
        foreach (long rows in s_rows)
        {
            foreach (long length in s_lengths)
            {
                foreach (int threads in Devices.Threads)
                    CompareCrossEntropy(Devices.Of(set, threads), rows, length);
            }
        }
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void Softmax_SpecialRows_GiveWhatTheStepsGive(InstructionSet set)
    {
        foreach (float special in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -float.MaxValue })
        {
            foreach (int place in new[] { 0, 7, 16, 18 })
            {
                float[] numbers = [.. Enumerable.Range(0, 19).Select(i => i == place ? special : i * 0.25f)];
                Check(set, [1, 19], i => numbers[i]);
            }
            Check(set, [1, 19], _ => special);
        }

        static void Check(InstructionSet set, Shape shape, Func<long, float> value)
        {
            CpuBackend backend = Backend(set);
            Layout layout = Layout.Contiguous(shape);
            View<float> fused = Make(backend, layout, _ => 0f);
            View<float> steps = Make(backend, layout, _ => 0f);
            backend.Softmax(Make(backend, layout, value), 1, fused);
            SoftmaxOp.Compose(backend, Make(backend, layout, value), 1, steps);
            RequireNear(Read(backend, fused), Read(backend, steps), DType.Float32);
        }
    }

    private static void CompareCrossEntropy(Device device, long rows, long length)
    {
        RandomGenerator generator = new(7);
        Tensor x = Tensor.Normal([rows, length], 0, 1, generator: generator).To(device);
        Tensor target = Tensor.From([.. Enumerable.Range(0, (int)rows).Select(i => i * 7 % length)], [rows], device);
        Tensor byClass = x.T.Contiguous().T;
        x.RequiresGrad = true;
        byClass.RequiresGrad = true;
        Tensor fused = x.CrossEntropy(target, ignoreIndex: 0);
        Tensor steps = byClass.CrossEntropy(target, ignoreIndex: 0);
        RequireNear(fused.ToArray<float>(), steps.ToArray<float>(), DType.Float32);
        Tensor weights = Tensor.Normal([rows], 0, 1, generator: generator).To(device);
        RequireNear(
            Gradients.Of(fused, [x], weights)[0].ToArray<float>(), Gradients.Of(steps, [byClass], weights)[0].ToArray<float>(), DType.Float32);
    }

    private static void Compare<T>(
        InstructionSet set, Action<CpuBackend, View<T>, View<T>> fused, Action<CpuBackend, View<T>, View<T>> steps, DType dtype)
        where T : unmanaged, INumber<T>
    {
        foreach (long rows in s_rows)
        {
            foreach (long length in s_lengths)
            {
                Layout layout = Layout.Contiguous([rows, length]);
                T[] actual = Run(fused);
                RequireNear(actual, Run(steps), dtype);

                T[] Run(Action<CpuBackend, View<T>, View<T>> kernel) => RunOnAnyThreads(set, layout.Shape, backend =>
                {
                    View<T> y = Make(backend, layout, _ => T.Zero);
                    kernel(backend, Make(backend, layout, i => T.CreateChecked(8 * Noise(i))), y);
                    return Read(backend, y);
                });
            }
        }
    }

    private static void RequireNear<T>(T[] actual, T[] expected, DType dtype)
        where T : INumber<T>
    {
        double[] reference = Array.ConvertAll(expected, double.CreateChecked);
        Tolerance tolerance = Tolerances.Value(dtype, isElementwise: false, reference);
        Comparison.Difference(reference, Array.ConvertAll(actual, double.CreateChecked), tolerance).Should().BeNull();
    }
}
