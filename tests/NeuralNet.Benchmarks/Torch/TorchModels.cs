using TorchSharp;
using TorchLinear = TorchSharp.Modules.Linear;
using TorchModule = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;
using TorchSequential = TorchSharp.Modules.Sequential;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>Models of TorchSharp's with the weights of ours.</summary>
internal static class TorchModels
{
    public static TorchLinear Copy(Dense layer)
    {
        TorchLinear linear = torch.nn.Linear(
            layer.Weight.Shape[1], layer.Weight.Shape[0], hasBias: true, device: torch.CPU, dtype: torch.ScalarType.Float32);
        using (torch.no_grad())
        {
            using torch.Tensor weight = Values.ToTorch(layer.Weight.Value), bias = Values.ToTorch(layer.Bias!.Value);
            linear.weight!.copy_(weight, nonBlocking: false);
            linear.bias!.copy_(bias, nonBlocking: false);
        }
        return linear;
    }

    /// <summary>Copies a chain of dense layers, with their activations as layers of their own.</summary>
    public static TorchSequential Copy(Sequential model)
    {
        List<(string Name, TorchModule Layer)> layers = [];
        foreach (Dense dense in model.Cast<Dense>())
        {
            layers.Add(($"{layers.Count}", Copy(dense)));
            if (dense.Activation is { } activation)
                layers.Add(($"{layers.Count}", Copy(activation)));
        }
        return torch.nn.Sequential([.. layers]);
    }

    private static TorchModule Copy(Layer activation) => activation switch
    {
        ReLU => torch.nn.ReLU(inplace: false),
        Tanh => torch.nn.Tanh(),
        Sigmoid => torch.nn.Sigmoid(),
        _ => throw new NotSupportedException(activation.ToString()),
    };
}
