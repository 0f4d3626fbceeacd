using TorchSharp;
using TorchParameter = TorchSharp.Modules.Parameter;

namespace NeuralNet.Goldens;

/// <summary>A small network that is trained: the loss at each step, and the weights at the end.</summary>
internal static class TrainingGoldens
{
    private const int Steps = 20;
    private static readonly (string Name, long Out, long In)[] s_layers = [("0", 8, 4), ("2", 8, 8), ("4", 3, 8)];

    public static void Compute(GoldenWriter writer)
    {
        Run(writer, "sgd", parameters => torch.optim.SGD(
            parameters, learningRate: 0.05, momentum: 0.9, dampening: 0, weight_decay: 1e-3, nesterov: true, maximize: false));
        Run(writer, "adam", parameters => torch.optim.Adam(
            parameters, lr: 0.01, beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0, amsgrad: false, maximize: false));
    }

    private static void Run(GoldenWriter writer, string name, Func<TorchParameter[], torch.optim.Optimizer> create)
    {
        torch.Tensor x = TorchTensors.ToTorch(writer.Add($"{name}/x", writer.Draw(new(16, 4))));
        torch.Tensor y = TorchTensors.ToTorch(writer.Add($"{name}/y", writer.DrawClasses(3, new(16))));
        List<(string Name, TorchParameter Value)> state = [];
        foreach ((string layer, long outputs, long inputs) in s_layers)
        {
            state.Add(($"{layer}.weight", Draw(writer, $"{name}/start {layer}.weight", new(outputs, inputs))));
            state.Add(($"{layer}.bias", Draw(writer, $"{name}/start {layer}.bias", new(outputs))));
        }
        TorchParameter[] p = [.. state.Select(named => named.Value)];
        using torch.optim.Optimizer optimizer = create(p);
        double[] losses = new double[Steps];
        for (int step = 0; step < Steps; step++)
        {
            optimizer.zero_grad();
            torch.Tensor h = torch.nn.functional.linear(x, p[0], p[1]).relu();
            h = torch.nn.functional.linear(h, p[2], p[3]).tanh();
            torch.Tensor logits = torch.nn.functional.linear(h, p[4], p[5]);
            torch.Tensor loss = torch.nn.functional.cross_entropy(
                logits, y, weight: null, ignore_index: -100, reduction: torch.nn.Reduction.Mean, label_smoothing: 0);
            loss.backward();
            optimizer.step();
            losses[step] = loss.item<double>();
        }
        writer.Add($"{name}/losses", Tensor.From(losses));
        foreach ((string parameter, TorchParameter value) in state)
            writer.Add($"{name}/end {parameter}", value);
    }

    private static TorchParameter Draw(GoldenWriter writer, string name, Shape shape) => new(TorchTensors.ToTorch(writer.Add(name, writer.Draw(shape, 0.5))));
}
