using NeuralNet.Testing;

namespace NeuralNet.Tests.Backends;

/// <summary>Rows that are a little longer or shorter than the blocks in which kernels read them: nothing is left out, read twice or read behind the end.</summary>
public sealed class BlockLengthTests
{
    private static readonly int[] s_more = [-1, 0, 1, 3, 5, 7, 8, 9, 15, 17, 31];

    [Theory]
    [MemberData(nameof(FloatingPaths.All), MemberType = typeof(FloatingPaths))]
    public void Reductions_NearTheLengthOfABlock_AreThoseOfPlainLoops(InstructionSet set, DType dtype)
    {
        foreach (int length in Lengths())
        {
            double[] values = Values(length);
            Tensor x = Tensor.From(values).To(Devices.Of(set, 1)).Cast(dtype);
            Tensor rows = x.Expand([3, length]).Contiguous();
            double sum = values.Sum(), mean = sum / length, squares = values.Sum(v => v * v);
            Near(x.Sum(), sum);
            Near(rows.Sum(-1), sum);
            Near(rows.Mean(-1), mean);
            Near(x.Mean(), mean);
            Near(x.Max(), values.Max());
            Near(rows.Max(-1), values.Max());
            Near(x.Min(), values.Min());
            Near(rows.Min(-1), values.Min());
            Near(Tensor.Full([length], -1, dtype, x.Device).Prod(), length % 2 == 0 ? 1 : -1);
            Near(rows.Var(-1), values.Sum(v => (v - mean) * (v - mean)) / (length - 1));
            Near(rows.Norm(2, -1), Math.Sqrt(squares));
            Near(x.Dot(x), squares);
            Near(rows.LogSumExp(-1), Math.Log(values.Sum(Math.Exp)));
            Near(rows.Softmax(-1).Sum(-1), 1);
            Near(rows.Softmax(-1)[.., ^1], Math.Exp(values[^1]) / values.Sum(Math.Exp));
            Near(rows.CumSum(-1)[.., ^1], sum);
            rows.ArgMax(-1).ToArray<long>().Should().OnlyContain(place => place == Array.IndexOf(values, values.Max()));

            void Near(Tensor actual, double expected)
            {
                foreach (double element in actual.Cast(DType.Float64).ToArray<double>())
                    element.Should().BeApproximately(expected, (dtype == DType.Float32 ? 1e-5 : 1e-12) * Math.Max(1, Math.Abs(expected)), "{0} elements", length);
            }
        }
    }

    [Theory]
    [MemberData(nameof(FloatingPaths.All), MemberType = typeof(FloatingPaths))]
    public void Normalizations_NearTheLengthOfABlock_AreThoseOfPlainLoops(InstructionSet set, DType dtype)
    {
        foreach (int length in Lengths())
        {
            double[] values = Values(length);
            Tensor rows = Tensor.From(values).To(Devices.Of(set, 1)).Cast(dtype).Expand([2, length]).Contiguous();
            double mean = values.Average(), variance = values.Sum(v => (v - mean) * (v - mean)) / length;
            LayerNorm norm = new([length], dtype: dtype);
            norm.To(rows.Device);
            double[] actual = norm.Forward(rows).Cast(DType.Float64).ToArray<double>();
            for (int i = 0; i < actual.Length; i++)
            {
                double expected = (values[i % length] - mean) / Math.Sqrt(variance + 1e-5);
                actual[i].Should().BeApproximately(expected, dtype == DType.Float32 ? 2e-5 : 1e-11, "element {0} of {1}", i, length);
            }
        }
    }

    private static IEnumerable<int> Lengths() => from power in Enumerable.Range(6, 8) from more in s_more select (1 << power) + more;

    private static double[] Values(int length)
    {
        Random random = new(length);
        return [.. Enumerable.Range(0, length).Select(_ => (double)(float)(0.5 + random.NextDouble()))];
    }
}
