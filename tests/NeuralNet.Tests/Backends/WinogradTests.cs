using NeuralNet.Testing;

namespace NeuralNet.Tests.Backends;

/// <summary>Winograd's algorithm beside the direct sums in double.</summary>
public sealed class WinogradTests
{
    /// <summary>The error of floats, as a part of the largest result: docs/numerics.md gives it.</summary>
    private const double LargestError = 2e-5;

    /// <summary>Images, output channels and padding, all of which take Winograd's way with floats.</summary>
    public static TheoryData<int[], int, int> Cases => new()
    {
        { [2, 32, 16, 16], 32, 1 },
        { [1, 64, 23, 21], 48, 1 },
        { [3, 32, 14, 14], 70, 0 },
        { [40, 32, 1, 3], 32, 2 },
        { [9, 96, 7, 5], 33, 1 },
        { [33, 160, 4, 4], 192, 1 },
        { [20, 320, 4, 4], 197, 1 },
        { [17, 208, 3, 4], 320, 1 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Convolution_OfFloats_IsNearTheSumInDouble(int[] sizes, int channels, int padding)
    {
        double[][] expected = Compute(Devices.Of(CpuOptions.WidestInstructionSet, 1), DType.Float64, sizes, channels, padding);
        foreach (InstructionSet instructionSet in Devices.InstructionSets)
        {
            double[][] actual = Compute(Devices.Of(instructionSet, 1), DType.Float32, sizes, channels, padding);
            for (int i = 0; i < expected.Length; i++)
            {
                Tolerance tolerance = new(LargestError, expected[i].Max(Math.Abs));
                Comparison.Difference(expected[i], actual[i], tolerance).Should().BeNull($"result {i} on {instructionSet} is near the direct sum");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Bits_OnAnyNumberOfThreads_AreTheSame(int[] sizes, int channels, int padding)
    {
        foreach (InstructionSet instructionSet in Devices.InstructionSets)
        {
            double[][] expected = Compute(Devices.Of(instructionSet, 1), DType.Float32, sizes, channels, padding);
            foreach (int threads in Devices.Threads.Skip(1))
            {
                double[][] actual = Compute(Devices.Of(instructionSet, threads), DType.Float32, sizes, channels, padding);
                for (int i = 0; i < expected.Length; i++)
                    actual[i].Should().Equal(expected[i]);
            }
        }
    }

    [Fact]
    public void Convolution_WithReluFused_HasTheBitsOfBoth()
    {
        Tensor x = Tensor.Randn([2, 32, 15, 17], generator: new(1));
        Tensor weight = Tensor.Randn([40, 32, 3, 3], generator: new(2));
        Tensor bias = Tensor.Randn([40], generator: new(3));
        Tensor fused = x.Convolution(weight, bias, default, 1, default, 1, ReluOp.OfResult);
        fused.ToArray<float>().Should().Equal(x.Convolution(weight, bias, padding: 1).Relu().ToArray<float>());
    }

    [Fact]
    public void Algorithm_Direct_GivesOtherBits()
    {
        Tensor x = Tensor.Randn([2, 64, 16, 16], generator: new(1));
        Tensor weight = Tensor.Randn([64, 64, 3, 3], generator: new(2));
        var direct = Device.CreateCpu(new CpuOptions { Convolution = ConvolutionAlgorithm.Direct });
        Tensor expected = x.Cast(DType.Float64).Convolution(weight.Cast(DType.Float64), padding: 1);
        double largest = expected.Abs().Max().Item<double>();
        double Error(Tensor y) => (y.To(Device.Cpu).Cast(DType.Float64) - expected).Abs().Max().Item<double>() / largest;
        double directly = Error(x.To(direct).Convolution(weight.To(direct), padding: 1));
        double automatically = Error(x.Convolution(weight, padding: 1));
        directly.Should().BeLessThan(automatically, "the direct sum is the more accurate");
        automatically.Should().BeLessThan(LargestError);
    }

    /// <summary>The result and the gradients of images, weight and bias.</summary>
    private static double[][] Compute(Device device, DType dtype, int[] sizes, int channels, int padding)
    {
        Tensor Draw(ulong seed, params ReadOnlySpan<long> shape) => Tensor.Randn(new Shape(shape), generator: new(seed)).Cast(dtype).To(device).RequireGrad();
        Tensor x = Draw(1, sizes[0], sizes[1], sizes[2], sizes[3]);
        Tensor weight = Draw(2, channels, sizes[1], 3, 3);
        Tensor bias = Draw(3, channels);
        Tensor y = x.Convolution(weight, bias, padding: padding);
        Tensor dy = Tensor.Randn(y.Shape, generator: new(4)).Cast(dtype).To(device);
        Tensor[] gradients = Gradients.Of(y, [x, weight, bias], dy);
        return [HostValues.ToDoubles(y), .. gradients.Select(HostValues.ToDoubles)];
    }
}
