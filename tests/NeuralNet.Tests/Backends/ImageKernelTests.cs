using NeuralNet.Testing;

namespace NeuralNet.Tests.Backends;

/// <summary>
/// Kernels of images beside the plain loops in double, at the numbers of channels where one way ends and another begins: parts of vectors, whole ones,
/// rows of them, and results so large that they are written past the caches.
/// </summary>
public sealed class ImageKernelTests
{
    private static readonly Device s_plain = Devices.Of(InstructionSet.Scalar, 1);

    /// <summary>Channels around the widths of vectors and around four of them.</summary>
    public static TheoryData<int> Channels => [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 24, 31, 33, 37, 64, 70, 130];

    [Theory]
    [MemberData(nameof(Channels))]
    public void MaxPool_OfAnyChannels_GivesAndGathersTheSame(int channels)
    {
        foreach ((int height, int width) in ((int, int)[])[(4, 6), (5, 7), (3, 3), (7, 16)])
        {
            Shape shape = [2, channels, height, width];
            RequireSame(shape, x => x.MaxPool(2), new(0, 0));
            RequireSame(shape, x => x.MaxPool((3, 2)), new(0, 0));
            RequireSame(shape, x => x.MaxPool(2, stride: 1, padding: 1), new(1e-6, 1));
            RequireSame(shape, x => x.MaxPool(2, stride: 2, dilation: 2), new(1e-6, 1));
        }
    }

    /// <summary>Of equal values the first is given the gradient, and of a window with NaN the first of these: where the positions of maxima say.</summary>
    [Theory]
    [MemberData(nameof(Channels))]
    public void MaxPool_OfEqualValuesAndNaN_GivesToTheFirst(int channels)
    {
        foreach ((int height, int width) in ((int, int)[])[(4, 6), (2, 2), (6, 28), (5, 7)])
        {
            Shape shape = [2, channels, height, width];
            Tensor values = Tensor.From([.. Enumerable.Range(0, (int)shape.Length).Select(i => i % 11 == 3 ? double.NaN : i * 7919L % 5 - 2)]).Reshape(shape);
            double[] positions = HostValues.ToDoubles(values.To(s_plain).MaxPoolIndices(2));
            int windows = (height / 2) * (width / 2);
            foreach (InstructionSet instructionSet in Devices.InstructionSets)
            {
                foreach (DType dtype in (DType[])[DType.Float32, DType.Float64])
                {
                    Tensor x = ChannelsLast(values.Cast(dtype).To(Devices.Of(instructionSet, 3))).RequireGrad();
                    Tensor y = x.MaxPool(2);
                    Tensor dy = ChannelsLast(Tensor.Randn(y.Shape, generator: new(2)).Cast(dtype).To(x.Device));
                    double[] given = HostValues.ToDoubles(dy);
                    double[] expected = new double[shape.Length];
                    for (int i = 0; i < given.Length; i++)
                        expected[i / windows * height * width + (int)positions[i]] = given[i];
                    HostValues.ToDoubles(Gradients.Of(y, [x], dy)[0]).Should().Equal(expected, $"of {shape} in {dtype} on {instructionSet}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public void AveragePool_OfAnyChannels_GivesAndGathersTheSame(int channels)
    {
        foreach ((int height, int width) in ((int, int)[])[(4, 6), (5, 7), (3, 3), (7, 16)])
        {
            Shape shape = [2, channels, height, width];
            RequireSame(shape, x => x.AveragePool(2), new(1e-6, 1));
            RequireSame(shape, x => x.AveragePool((3, 2)), new(1e-6, 1));
            RequireSame(shape, x => x.AveragePool(3, stride: 1, padding: 1), new(1e-6, 1));
        }
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public void BatchNorm_OfAnyChannels_IsNearTheOneInDouble(int channels)
    {
        foreach ((int images, int height, int width) in ((int, int, int)[])[(3, 5, 7), (1, 3, 5), (9, 16, 16)])
        {
            RequireSame(
                [images, channels, height, width],
                x => (images > 3 ? x + 3 : x).BatchNorm(null, null, Ramp(x, channels), Ramp(x, channels), training: true),
                new(1e-5, 1));
        }
    }

    [Theory]
    [InlineData(1, 5, 28, 28)]
    [InlineData(2, 5, 28, 28)]
    [InlineData(3, 3, 17, 19)]
    [InlineData(6, 5, 28, 28)]
    [InlineData(7, 5, 9, 33)]
    [InlineData(8, 2, 16, 16)]
    [InlineData(9, 5, 28, 28)]
    public void Convolution_OfOneChannelIntoFew_IsNearTheOneInDouble(int channels, int window, int height, int width) =>
        RequireConvolution([5, 1, height, width], channels, window);

    [Theory]
    [InlineData(2, 5)]
    [InlineData(3, 4)]
    [InlineData(4, 3)]
    [InlineData(6, 5)]
    [InlineData(7, 5)]
    [InlineData(8, 6)]
    [InlineData(11, 7)]
    public void Convolution_OfFewChannels_IsNearTheOneInDouble(int channels, int window) => RequireConvolution([6, channels, 14, 13], 16, window);

    /// <summary>
    /// Of images that no cache holds each unit copies the padded lines that it reads: the same in bits as images that were padded before, whatever the
    /// distance of windows, the padding of each side, and the number of groups, threads and lines of a unit.
    /// </summary>
    [Theory]
    [InlineData(7, 33, 57, 61, 3)]
    [InlineData(3, 70, 56, 56, 2)]
    [InlineData(1, 9, 300, 240, 3)]
    [InlineData(40, 20, 28, 25, 4)]
    public void Convolution_OfLargePaddedImages_IsThatOfPaddedOnes(int images, int channels, int height, int width, int groups)
    {
        (AxisSizes Stride, (long Height, long Width) Padding, AxisSizes Dilation, long Groups, Shape Window)[] cases =
        [
            (2, (1, 1), 1, 1, [3, 3]),
            ((1, 3), (4, 2), (2, 1), 1, [3, 5]),
            ((3, 1), (0, 1), 1, 1, [2, 2]),
            (2, (3, 3), (1, 2), groups, [5, 3]),
        ];
        RandomGenerator generator = new(3);
        foreach ((AxisSizes stride, (long Height, long Width) padding, AxisSizes dilation, long count, Shape window) in cases)
        {
            Tensor x = Tensor.Randn([images, channels, height, width], generator: generator);
            Tensor weight = Tensor.Randn([5 * count, channels / count, window[0], window[1]], generator: generator);
            Tensor bias = Tensor.Randn([weight.Shape[0]], generator: generator);
            foreach (InstructionSet instructionSet in Devices.InstructionSets)
            {
                Device device = Devices.Of(instructionSet, instructionSet == InstructionSet.Scalar ? 1 : 3);
                (Tensor w, Tensor b) = (weight.To(device), bias.To(device));
                Tensor padded = ChannelsLast(x.Pad([padding.Width, padding.Width, padding.Height, padding.Height]).To(device));
                float[] expected = padded.Convolution(w, b, stride, 0, dilation, count).ToArray<float>();
                float[] actual = ChannelsLast(x.To(device)).Convolution(w, b, stride, padding, dilation, count).ToArray<float>();
                actual.AsSpan().SequenceEqual(expected).Should().BeTrue($"of {x.Shape} and {weight.Shape} on {instructionSet}");
            }
        }
    }

    [Theory]
    [InlineData("batch")]
    [InlineData("layer")]
    [InlineData("group")]
    [InlineData("max")]
    [InlineData("average")]
    public void LargeResults_WrittenPastTheCaches_AreNearThoseInDouble(string kind)
    {
        Shape shape = [9, 64, 64, 64];
        Func<Tensor, Tensor> function = kind switch
        {
            "batch" => x => x.BatchNorm(null, null, Ramp(x, 64), Ramp(x, 64), training: true),
            "layer" => x => x.LayerNorm([64, 64, 64], Ramp(x, 64, 64, 64), Ramp(x, 64, 64, 64)),
            "group" => x => x.GroupNorm(4, Ramp(x, 64), Ramp(x, 64)),
            "max" => x => x.MaxPool(2),
            _ => x => x.AveragePool(2),
        };
        double[][] expected = Compute(Device.Cpu, DType.Float64, shape, function);
        foreach (int threads in (int[])[1, 3])
        {
            double[][] actual = Compute(Devices.Of(CpuOptions.WidestInstructionSet, threads), DType.Float32, shape, function);
            for (int i = 0; i < expected.Length; i++)
                Comparison.Difference(expected[i], actual[i], new(1e-5, 1)).Should().BeNull($"result {i} on {threads} threads");
        }
    }

    /// <summary>Few images of many channels: several units share the pixels of an image, whose vectors are not all aligned.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(22)]
    [InlineData(40)]
    public void LargeGradients_OfFewImages_AreThoseInDouble(int channels)
    {
        RequireSame([6, channels, 160, 128], x => x.MaxPool(2), new(0, 0));
        RequireSame([6, channels, 160, 128], x => x.AveragePool(2), new(1e-6, 1));
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public void Pool_OfLinesAndVolumes_GivesTheSame(int channels)
    {
        RequireSame([3, channels, 11], x => x.MaxPool(2), new(0, 0));
        RequireSame([3, channels, 12], x => x.AveragePool(3), new(1e-6, 1));
        RequireSame([2, channels, 4, 3, 6], x => x.MaxPool(2, ceilMode: true), new(0, 0));
        RequireSame([2, channels, 4, 4, 6], x => x.AveragePool(2), new(1e-6, 1));
        RequireSame([2, channels, 7, 5], x => x.AdaptiveMaxPool((3, 2)), new(1e-6, 1));
        RequireSame([2, channels, 7, 5], x => x.AdaptiveAveragePool((3, 2)), new(1e-6, 1));
    }

    private static void RequireConvolution(Shape shape, int channels, int window)
    {
        foreach (int padding in (int[])[0, window / 2])
        {
            Tensor weight = Tensor.Randn([channels, shape[1], window, window], generator: new(7));
            RequireSame(shape, x => x.Convolution(weight.Cast(x.DType).To(x.Device), Ramp(x, channels), padding: padding), new(3e-6, 30));
            RequireSame([channels, shape[1], window, window], w => Images(w, shape).Convolution(w, padding: padding), new(3e-6, 100));
        }
    }

    private static Tensor Images(Tensor like, Shape shape) => Tensor.Randn(shape, generator: new(8)).Cast(like.DType).To(like.Device);

    /// <summary>That a function of images and its gradient, with each instruction set and dtype, are those of the plain loops in double.</summary>
    private static void RequireSame(Shape shape, Func<Tensor, Tensor> function, Tolerance tolerance)
    {
        double[][] expected = Compute(s_plain, DType.Float64, shape, function);
        foreach (InstructionSet instructionSet in Devices.InstructionSets)
        {
            foreach (DType dtype in (DType[])[DType.Float32, DType.Float64])
            {
                double[][] actual = Compute(Devices.Of(instructionSet, 3), dtype, shape, function);
                for (int i = 0; i < expected.Length; i++)
                    Comparison.Difference(expected[i], actual[i], tolerance).Should().BeNull($"result {i} of {shape} in {dtype} on {instructionSet}");
            }
        }
    }

    private static double[][] Compute(Device device, DType dtype, Shape shape, Func<Tensor, Tensor> function)
    {
        Tensor x = ChannelsLast(Tensor.Randn(shape, generator: new(1)).Cast(dtype).To(device)).RequireGrad();
        Tensor y = function(x);
        Tensor dy = ChannelsLast(Tensor.Randn(y.Shape, generator: new(2)).Cast(dtype).To(device));
        return [HostValues.ToDoubles(y), HostValues.ToDoubles(Gradients.Of(y, [x], dy)[0])];
    }

    /// <summary>The same images with the channels of a pixel side by side.</summary>
    private static Tensor ChannelsLast(Tensor x)
    {
        int[] spatial = [.. Enumerable.Range(2, x.Rank - 2)];
        return x.Rank < 3 ? x : x.Permute([0, .. spatial, 1]).Contiguous().Permute([0, x.Rank - 1, .. spatial.Select(axis => axis - 1)]);
    }

    private static Tensor Ramp(Tensor like, params ReadOnlySpan<long> sizes)
    {
        Shape shape = new(sizes);
        return Tensor.Arange(shape.Length, dtype: like.DType, device: like.Device).Reshape(shape) * (1.0 / shape.Length) + 0.5;
    }
}
