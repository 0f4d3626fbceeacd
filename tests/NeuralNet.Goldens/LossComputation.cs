using NeuralNet.Testing;
using TorchSharp;

namespace NeuralNet.Goldens;

/// <summary>The losses, and their gradients.</summary>
internal static class LossComputation
{
    public static void Compute(GoldenWriter writer)
    {
        foreach (LossGolden golden in LossGolden.All)
        {
            Tensor prediction = writer.Add($"{golden.Name}/prediction", Prediction(writer, golden));
            Tensor target = writer.Add($"{golden.Name}/target", Target(writer, golden, prediction));
            Tensor? weight = Weight(writer, $"{golden.Name}/weight", golden.Weight);
            Tensor? positive = Weight(writer, $"{golden.Name}/positive weight", golden.PositiveWeight);
            foreach (Reduction reduction in Enum.GetValues<Reduction>())
            {
                torch.Tensor x = TorchTensors.ToTorch(prediction, requiresGrad: true);
                torch.Tensor loss = Loss(golden, reduction, x, TorchTensors.ToTorch(target), ToTorch(weight), ToTorch(positive));
                Tensor cotangent = writer.Draw(new(loss.shape.AsSpan()));
                writer.Add($"{golden.Name}/{reduction} cotangent", cotangent);
                loss.backward([TorchTensors.ToTorch(cotangent)]);
                writer.Add($"{golden.Name}/{reduction}", loss);
                writer.Add($"{golden.Name}/{reduction} gradient", x.grad!);
            }
        }
    }

    private static Tensor Prediction(GoldenWriter writer, LossGolden golden)
    {
        Tensor prediction = writer.Draw(new(golden.Prediction.AsSpan()), standardDeviation: 3);
        // A logit of 0, where |x| and max(x, 0) have a kink and the loss has none; and logits whose exponentials overflow.
        Tensor flat = prediction.Reshape(prediction.Length);
        flat[0] = Tensor.FromScalar(0.0);
        flat[1] = Tensor.FromScalar(golden.Loss == LossKind.Binary ? 800.0 : 30.0);
        flat[2] = Tensor.FromScalar(golden.Loss == LossKind.Binary ? -800.0 : -30.0);
        return prediction;
    }

    private static Tensor Target(GoldenWriter writer, LossGolden golden, Tensor prediction)
    {
        switch (golden.Loss)
        {
            case LossKind.CrossEntropyOfClasses:
                int classAxis = prediction.Rank == 1 ? 0 : 1;
                long[] sizes = [.. golden.Prediction[..classAxis], .. golden.Prediction[(classAxis + 1)..]];
                Tensor classes = writer.DrawClasses(golden.Prediction[classAxis], new(sizes.AsSpan()));
                if (golden.IgnoreIndex is { } ignored)
                    classes.Reshape(classes.Length)[1] = Tensor.FromScalar(ignored);
                return classes;
            case LossKind.CrossEntropyOfProbabilities:
                return writer.Draw(prediction.Shape).Softmax(prediction.Rank == 1 ? 0 : 1).Cast(DType.Float32).Cast(DType.Float64);
            case LossKind.Binary:
                return writer.DrawBetween(0, 1, prediction.Shape);
            default:
                Tensor target = writer.Draw(prediction.Shape);
                // Equal to the prediction, where |x − y| has its kink.
                target.Reshape(target.Length)[0] = Tensor.FromScalar(0.0);
                return target;
        }
    }

    private static Tensor? Weight(GoldenWriter writer, string name, long[]? sizes) =>
        sizes is null ? null : writer.Add(name, writer.DrawBetween(0.5, 2, new(sizes.AsSpan())));

    private static torch.Tensor? ToTorch(Tensor? tensor) => tensor is null ? null : TorchTensors.ToTorch(tensor);

    private static torch.Tensor Loss(
        LossGolden golden, Reduction reduction, torch.Tensor x, torch.Tensor y, torch.Tensor? weight, torch.Tensor? positive)
    {
        torch.nn.Reduction reduce = reduction switch
        {
            Reduction.Mean => torch.nn.Reduction.Mean,
            Reduction.Sum => torch.nn.Reduction.Sum,
            _ => torch.nn.Reduction.None,
        };
        return golden.Loss switch
        {
            LossKind.Binary => torch.nn.functional.binary_cross_entropy_with_logits(x, y, weight: weight, reduction: reduce, pos_weights: positive),
            LossKind.Squared => torch.nn.functional.mse_loss(x, y, reduction: reduce),
            LossKind.Absolute => torch.nn.functional.l1_loss(x, y, reduction: reduce),
            _ => torch.nn.functional.cross_entropy(
                x, y, weight: weight, ignore_index: golden.IgnoreIndex ?? -100, reduction: reduce, label_smoothing: golden.LabelSmoothing),
        };
    }
}
