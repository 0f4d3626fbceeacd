using System.Diagnostics;
using System.Globalization;
using NeuralNet;
using NeuralNet.Samples;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Arguments arguments = new(args, "--seed", "--epochs", "--device");
int epochs = arguments.Number("--epochs", 12);
ulong seed = (ulong)arguments.Number("--seed", 0);
Device device = GpuDevice.Named(arguments.Text("--device") ?? "cpu");

Stopwatch watch = Stopwatch.StartNew();
DigitClassifier classifier = new(seed, device);
Console.WriteLine($"Handwritten digits: {classifier.Data.TrainLabels.Length} to learn from, {classifier.Data.TestLabels.Length} to be "
    + "tested with.");
Console.WriteLine();
Console.WriteLine(classifier.Model.Summary([1, 1, 8, 8]));
Console.WriteLine();
classifier.Train(epochs, (epoch, loss, accuracy) => Console.WriteLine($"epoch {epoch,2}/{epochs}  loss {loss:0.0000}  test accuracy "
    + $"{accuracy:0.000}"));

Console.WriteLine();
Tensor shown = classifier.Data.TestImages[..5];
DigitPictures.Print(Console.Out, shown, Evaluation.Predict(classifier.Model, shown), classifier.Data.TestLabels[..5]);

string path = Path.Combine(Path.GetTempPath(), $"digits-{Guid.NewGuid():N}.safetensors");
try
{
    classifier.Model.Save(path);
    Sequential loaded = DigitClassifier.NewModel();
    loaded.Load(path);
    loaded.To(device);
    Tensor before = Evaluation.Predict(classifier.Model, classifier.Data.TestImages);
    Tensor after = Evaluation.Predict(loaded, classifier.Data.TestImages);
    if (before.NotEqual(after).Sum().Item<long>() != 0)
        throw new InvalidOperationException("The loaded model predicts otherwise than the saved one.");
    Console.WriteLine($"Saved {new FileInfo(path).Length} bytes, loaded them back: the same predictions.");
}
finally
{
    File.Delete(path);
}

Console.WriteLine($"test accuracy: {classifier.TestAccuracy():0.000}");
Console.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s");
