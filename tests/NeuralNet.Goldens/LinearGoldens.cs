using TorchSharp;

namespace NeuralNet.Goldens;

/// <summary>The affine map, and its gradients for a given gradient of the output.</summary>
internal static class LinearGoldens
{
    public static void Compute(GoldenWriter writer)
    {
        Run(writer, "matrix", new(5, 4), hasBias: true);
        Run(writer, "vector", new(4), hasBias: true);
        Run(writer, "rank 3", new(2, 5, 4), hasBias: true);
        Run(writer, "no bias", new(5, 4), hasBias: false);
    }

    private static void Run(GoldenWriter writer, string name, Shape input, bool hasBias)
    {
        torch.Tensor x = TorchTensors.ToTorch(writer.Add($"{name}/input", writer.Draw(input)), requiresGrad: true);
        torch.Tensor weight = TorchTensors.ToTorch(writer.Add($"{name}/weight", writer.Draw(new(3, 4))), requiresGrad: true);
        torch.Tensor? bias = hasBias ? TorchTensors.ToTorch(writer.Add($"{name}/bias", writer.Draw(new(3))), requiresGrad: true) : null;
        torch.Tensor y = torch.nn.functional.linear(x, weight, bias);
        y.backward([TorchTensors.ToTorch(writer.Add($"{name}/cotangent", writer.Draw(new(y.shape.AsSpan()))))]);
        writer.Add($"{name}/output", y);
        writer.Add($"{name}/input gradient", x.grad!);
        writer.Add($"{name}/weight gradient", weight.grad!);
        if (bias is not null)
            writer.Add($"{name}/bias gradient", bias.grad!);
    }
}
