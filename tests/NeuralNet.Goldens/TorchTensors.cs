using TorchSharp;

namespace NeuralNet.Goldens;

/// <summary>Copies tensors between both libraries.</summary>
internal static class TorchTensors
{
    /// <summary>A tensor of Float64 or Int64.</summary>
    public static torch.Tensor ToTorch(Tensor tensor, bool requiresGrad = false)
    {
        long[] sizes = tensor.Shape.ToArray();
        torch.Tensor flat = tensor.DType == DType.Int64 ? torch.tensor(tensor.ToArray<long>()) : torch.tensor(tensor.ToArray<double>());
        return flat.reshape(sizes).detach().requires_grad_(requiresGrad);
    }

    public static Tensor ToOurs(torch.Tensor tensor) =>
        // TorchSharp does not read what is empty.
        Tensor.From(tensor.numel() == 0 ? [] : tensor.detach().contiguous().data<double>().ToArray(), new Shape(tensor.shape.AsSpan()));
}
