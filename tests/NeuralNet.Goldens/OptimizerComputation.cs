using NeuralNet.Testing;
using TorchSharp;
using TorchParameter = TorchSharp.Modules.Parameter;

namespace NeuralNet.Goldens;

/// <summary>The parameters after each step, for given gradients.</summary>
internal static class OptimizerComputation
{
    public static void Compute(GoldenWriter writer)
    {
        Tensor start = writer.Add("common/start", writer.Draw(new(2, 3)));
        Tensor gradients = writer.Add("common/gradients", writer.Draw(new(OptimizerGolden.Steps, 2, 3)));
        foreach (OptimizerGolden golden in OptimizerGolden.All)
        {
            using var parameter = new TorchParameter(TorchTensors.ToTorch(start));
            using torch.optim.Optimizer optimizer = Create(golden, [parameter]);
            List<Tensor> trajectory = [];
            for (int step = 0; step < OptimizerGolden.Steps; step++)
            {
                parameter.grad = TorchTensors.ToTorch(gradients[step]);
                optimizer.step();
                trajectory.Add(TorchTensors.ToOurs(parameter).Reshape(1, 2, 3));
            }
            writer.Add($"{golden.Name}/trajectory", Tensor.Concat(trajectory.ToArray(), 0));
        }
    }

    private static torch.optim.Optimizer Create(OptimizerGolden golden, TorchParameter[] parameters) => golden.IsAdam
        ? torch.optim.Adam(
            parameters,
            lr: OptimizerGolden.LearningRate,
            beta1: golden.Beta1,
            beta2: golden.Beta2,
            eps: OptimizerGolden.Epsilon,
            weight_decay: golden.WeightDecay,
            amsgrad: golden.Amsgrad,
            maximize: golden.Maximize)
        : torch.optim.SGD(
            parameters,
            learningRate: OptimizerGolden.LearningRate,
            momentum: golden.Momentum,
            dampening: golden.Dampening,
            weight_decay: golden.WeightDecay,
            nesterov: golden.Nesterov,
            maximize: golden.Maximize);
}
