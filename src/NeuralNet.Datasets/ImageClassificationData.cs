namespace NeuralNet.Datasets;

/// <summary>Labelled images, in a part to train with and a part to test with.</summary>
/// <param name="TrainImages">The images to train with, [n, channels, height, width] as <see cref="DType.Float32"/> in [0, 1].</param>
/// <param name="TrainLabels">The class of each of them, [n] as <see cref="DType.Int64"/>.</param>
/// <param name="TestImages">The images to test with, [m, channels, height, width] as <see cref="DType.Float32"/> in [0, 1].</param>
/// <param name="TestLabels">The class of each of them, [m] as <see cref="DType.Int64"/>.</param>
/// <param name="ClassNames">The name of each class.</param>
public sealed record ImageClassificationData(
    Tensor TrainImages,
    Tensor TrainLabels,
    Tensor TestImages,
    Tensor TestLabels,
    IReadOnlyList<string> ClassNames)
{
    internal static ImageClassificationData From(RawImages train, RawImages test, int maxPixel, IReadOnlyList<string> classNames) =>
        new(train.ImagesToTensor(maxPixel), train.LabelsToTensor(), test.ImagesToTensor(maxPixel), test.LabelsToTensor(), classNames);
}
