namespace NeuralNet.Benchmarks;

/// <summary>A network of images, its input and the size of its batches.</summary>
/// <param name="Name">The name in the names of cases.</param>
/// <param name="Batch">The images of a batch.</param>
/// <param name="Channels">Those of an image.</param>
/// <param name="Size">Height and width of an image.</param>
/// <param name="Network">The network; it ends in ten classes.</param>
internal sealed record ImageModel(string Name, long Batch, long Channels, long Size, Part Network)
{
    public const long Classes = 10;

    /// <summary>Gets the network for digits of LeCun and others, "Gradient-based learning applied to document recognition", 1998, with ReLU.</summary>
    public static ImageModel LeNet { get; } = new("lenet-b64", 64, 1, 28, new Part.Chain(
        new Part.Convolution(1, 6, 5) { Padding = 2 },
        new Part.Rectifier(),
        new Part.LargestOf(2),
        new Part.Convolution(6, 16, 5),
        new Part.Rectifier(),
        new Part.LargestOf(2),
        new Part.Rows(),
        new Part.Linear(400, 120),
        new Part.Rectifier(),
        new Part.Linear(120, 84),
        new Part.Rectifier(),
        new Part.Linear(84, Classes)));

    /// <summary>Gets six convolutions of 3×3 with batch normalisation.</summary>
    public static ImageModel Vgg { get; } = new("vgg6-b32", 32, 3, 32, new Part.Chain(
    [
        .. Part.Block(3, 32, 3), .. Part.Block(32, 32, 3), new Part.LargestOf(2),
        .. Part.Block(32, 64, 3), .. Part.Block(64, 64, 3), new Part.LargestOf(2),
        .. Part.Block(64, 128, 3), .. Part.Block(128, 128, 3), new Part.LargestOf(2),
        new Part.Rows(), new Part.Linear(128 * 4 * 4, Classes),
    ]));

    /// <summary>Gets ResNet-18 as it is used for images of 32×32: one convolution of 3×3 first, no pooling.</summary>
    public static ImageModel ResNet { get; } = new("resnet18-b16", 16, 3, 32, new Part.Chain(
    [
        .. Part.Block(3, 64, 3),
        Residual(64, 64, 1), Residual(64, 64, 1),
        Residual(64, 128, 2), Residual(128, 128, 1),
        Residual(128, 256, 2), Residual(256, 256, 1),
        Residual(256, 512, 2), Residual(512, 512, 1),
        new Part.GlobalMean(), new Part.Linear(512, Classes),
    ]));

    /// <summary>Gets the network of Howard and others, "MobileNets", 2017: depthwise convolutions and those of 1×1 in turn.</summary>
    public static ImageModel MobileNet { get; } = new("mobilenet-b1", 1, 3, 96, new Part.Chain(
    [
        .. Part.Block(3, 32, 3, stride: 2),
        .. Separable(32, 64, 1), .. Separable(64, 128, 2), .. Separable(128, 128, 1), .. Separable(128, 256, 2), .. Separable(256, 256, 1),
        .. Separable(256, 512, 2), .. Separable(512, 512, 1), .. Separable(512, 512, 1), .. Separable(512, 512, 1), .. Separable(512, 512, 1),
        .. Separable(512, 512, 1), .. Separable(512, 1024, 2), .. Separable(1024, 1024, 1),
        new Part.GlobalMean(), new Part.Linear(1024, Classes),
    ]));

    public Shape InputShape => [Batch, Channels, Size, Size];

    public Layer Create(Device device)
    {
        Layer model = Network.Create(new RandomGenerator(seed: 3));
        model.To(device);
        return model;
    }

    private static Part.Skip Residual(long inputs, long outputs, long stride) => new(
        new Part.Chain([.. Part.Block(inputs, outputs, 3, stride), .. Part.Block(outputs, outputs, 3, hasRelu: false)]),
        inputs == outputs && stride == 1 ? null : new Part.Chain(Part.Block(inputs, outputs, 1, stride, hasRelu: false)));

    private static IEnumerable<Part> Separable(long inputs, long outputs, long stride) =>
        [.. Part.Block(inputs, inputs, 3, stride, groups: inputs), .. Part.Block(inputs, outputs, 1)];
}
