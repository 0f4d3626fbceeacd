using TorchSharp;

namespace NeuralNet.Goldens;

/// <summary>The activations, and their gradients for a given gradient of the output.</summary>
internal static class ActivationGoldens
{
    public static void Compute(GoldenWriter writer)
    {
        Run(writer, "relu", x => x.relu());
        Run(writer, "tanh", x => x.tanh());
        Run(writer, "sigmoid", x => x.sigmoid());
        for (int axis = 0; axis < 3; axis++)
        {
            int dim = axis;
            Run(writer, $"softmax {axis}", x => torch.nn.functional.softmax(x, dim));
            Run(writer, $"log_softmax {axis}", x => torch.nn.functional.log_softmax(x, dim));
        }
    }

    private static void Run(GoldenWriter writer, string name, Func<torch.Tensor, torch.Tensor> function)
    {
        Tensor input = writer.Draw(new(2, 3, 5), standardDeviation: 3);
        // The kink, and where exponentials under- and overflow.
        input[0, 0, 0] = Tensor.FromScalar(0.0);
        input[0, 0, 1] = Tensor.FromScalar(800.0);
        input[0, 0, 2] = Tensor.FromScalar(-800.0);
        torch.Tensor x = TorchTensors.ToTorch(writer.Add($"{name}/input", input), requiresGrad: true);
        torch.Tensor y = function(x);
        y.backward([TorchTensors.ToTorch(writer.Add($"{name}/cotangent", writer.Draw(input.Shape)))]);
        writer.Add($"{name}/output", y);
        writer.Add($"{name}/input gradient", x.grad!);
    }
}
