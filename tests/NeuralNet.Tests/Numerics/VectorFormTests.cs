using NeuralNet.Testing;

namespace NeuralNet.Tests.Numerics;

/// <summary>Vector forms that must give exactly what the scalar forms give.</summary>
public sealed class VectorFormTests
{
    private static readonly double[] s_special =
    [
        0.0, -0.0, 1, -1, 0.1, -0.1, 3, -3, 7.5, 1e-310, -1e-310, 1e-40, 4194304, 4194303.5, 4194305, 16777216, 1e30, -1e30, 1e300,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN, 0.99999994, 1.0000001, 2.9999998, 33554432,
    ];

    [Theory]
    [MemberData(nameof(FloatingPaths.All), MemberType = typeof(FloatingPaths))]
    public void RemainderAndFloorDivide_OfAllPairs_AreThoseOfTheScalarForm(InstructionSet set, DType dtype)
    {
        // Quotients that round up to a whole number and those on both sides of the largest one of the vector form lie side by side.
        Tensor a = Tensor.From(s_special).Cast(dtype).Reshape([s_special.Length, 1]).Expand([s_special.Length, s_special.Length]).Flatten();
        Tensor b = Tensor.From(s_special).Cast(dtype).Repeat([s_special.Length]);
        Func<Tensor, Tensor, Tensor>[] functions = [(x, y) => x.Remainder(y), (x, y) => x.FloorDivide(y)];
        foreach (Func<Tensor, Tensor, Tensor> function in functions)
        {
            long[] expected = BitsOf(function(a.To(Devices.Of(InstructionSet.Scalar, 1)), b.To(Devices.Of(InstructionSet.Scalar, 1))));
            long[] actual = BitsOf(function(a.To(Devices.Of(set, 1)), b.To(Devices.Of(set, 1))));
            actual.Should().Equal(expected);
        }
    }

    [Fact]
    public void Cast_OfConsecutiveNumbers_IsThatOfCSharp()
    {
        double[] doubles = [.. s_special, .. Enumerable.Range(0, 100).Select(i => Math.Pow(1.7, i - 50))];
        float[] floats = Array.ConvertAll(doubles, x => (float)x);
        Half[] halves = Array.ConvertAll(doubles, x => (Half)x);
        int[] integers = [int.MinValue, int.MaxValue, 0, -1, 16777217, -16777219, .. Enumerable.Range(-50, 100)];
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        Tensor.From(doubles).Cast(DType.Float32).ToArray<float>().Should().Equal(floats);
        Tensor.From(floats).Cast(DType.Float64).ToArray<double>().Should().Equal(Array.ConvertAll(floats, x => (double)x));
        Tensor.From(floats).Cast(DType.Float16).ToArray<Half>().Should().Equal(Array.ConvertAll(floats, x => (Half)x));
        Tensor.From(halves).Cast(DType.Float32).ToArray<float>().Should().Equal(Array.ConvertAll(halves, x => (float)x));
        Tensor.From(integers).Cast(DType.Float32).ToArray<float>().Should().Equal(Array.ConvertAll(integers, x => (float)x));
        Tensor.From(integers).Cast(DType.Int64).ToArray<long>().Should().Equal(Array.ConvertAll(integers, x => (long)x));
        Tensor.From(bytes).Cast(DType.Float32).ToArray<float>().Should().Equal(Array.ConvertAll(bytes, x => (float)x));
    }

    [Fact]
    public void LayerNorm_OfLargeDoubles_IsFinite()
    {
        Tensor x = Tensor.Full([2, 5], 1e160, DType.Float64);
        x.LayerNorm([5]).ToArray<double>().Should().OnlyContain(y => y == 0);
    }

    /// <summary>A line of more pixels than are summed at a time, and fewer lines than there would be parts.</summary>
    [Theory]
    [InlineData(1, 1000)]
    [InlineData(3, 257)]
    public void WeightGradient_OfLongLines_IsTheSum(long images, long length)
    {
        Tensor x = Tensor.Randn([images, 5, length], DType.Float64, generator: new(1));
        Tensor w = Tensor.Randn([33, 5, 3], DType.Float64, generator: new(2));
        Tensor dy = Tensor.Randn([images, 33, length], DType.Float64, generator: new(3));
        Tensor leaf = w.Cast(DType.Float32).RequireGrad();
        Tensor y = x.Cast(DType.Float32).Convolution(leaf, padding: 1);
        float[] actual = Gradients.Of(y, leaf, dy.Cast(DType.Float32)).ToArray<float>();
        Tensor padded = x.Pad([1, 1]);
        for (int tap = 0; tap < 3; tap++)
        {
            Tensor expected = Tensor.Einsum("nol,ncl->oc", dy, padded[.., .., tap..(tap + (int)length)]);
            double[] values = expected.ToArray<double>();
            for (int i = 0; i < values.Length; i++)
                ((double)actual[i * 3 + tap]).Should().BeApproximately(values[i], 2e-4);
        }
    }

    private static long[] BitsOf(Tensor x) => x.DType == DType.Float32
        ? Array.ConvertAll(x.ToArray<float>(), v => (long)BitConverter.SingleToInt32Bits(float.IsNaN(v) ? float.NaN : v))
        : Array.ConvertAll(x.ToArray<double>(), v => BitConverter.DoubleToInt64Bits(double.IsNaN(v) ? double.NaN : v));
}
