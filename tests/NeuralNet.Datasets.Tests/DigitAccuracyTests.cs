using NeuralNet.Samples;

namespace NeuralNet.Datasets.Tests;

/// <summary>That learning works from end to end: the sample's own recipe reads handwritten digits well.</summary>
public sealed class DigitAccuracyTests
{
    private const int Epochs = 12;
    private const int Seeds = 5;

    [Fact]
    public void Train_WithTheRecipeOfTheSample_ReachesTheAccuracyOnAverage()
    {
        double[] accuracies = [.. Enumerable.Range(0, Seeds).Select(seed => Accuracy((ulong)seed))];
        accuracies.Average().Should().BeGreaterThanOrEqualTo(0.985, $"the accuracies are {string.Join(", ", accuracies)}");
        accuracies.Distinct().Should().HaveCountGreaterThan(1, "the seed decides what is learned");
    }

    private static double Accuracy(ulong seed)
    {
        DigitClassifier classifier = new(seed);
        classifier.Train(Epochs);
        return classifier.TestAccuracy();
    }
}
