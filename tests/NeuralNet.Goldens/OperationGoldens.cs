using NeuralNet.Testing;
using TorchSharp;

namespace NeuralNet.Goldens;

/// <summary>What libtorch gives for the calls of <see cref="OpGoldens"/>: values, and gradients for the same gradient of the output.</summary>
internal static class OperationGoldens
{
    private static readonly Dictionary<string, Func<torch.Tensor[], torch.Tensor>> s_functions = new(
    [
        .. TorchFunctions.Elementwise(), .. TorchFunctions.Activations(), .. TorchFunctions.Pairs(), .. TorchRows.Reductions(), .. TorchRows.Orders(),
        .. TorchShapes.All(), .. TorchPlaces.All(), .. TorchMatrices.All(), .. TorchConvolutions.All(), .. TorchImages.All(),
    ]);

    public static void Compute(GoldenWriter writer)
    {
        foreach (OpGolden golden in OpGoldens.All)
        {
            if (!s_functions.TryGetValue(golden.Key, out Func<torch.Tensor[], torch.Tensor>? function))
                throw new InvalidOperationException($"{golden.Key}: no function of libtorch stands for it. Add one.");
            Compute(writer, golden, function);
        }
        string[] unused = [.. s_functions.Keys.Except(OpGoldens.All.Select(golden => golden.Key))];
        if (unused.Length > 0)
            throw new InvalidOperationException($"Functions without a call: {string.Join(", ", unused)}. Remove them.");
    }

    private static void Compute(GoldenWriter writer, OpGolden golden, Func<torch.Tensor[], torch.Tensor> function)
    {
        RefArray[] values = golden.Draw();
        torch.Tensor[] inputs = [.. golden.Operands.Select((operand, i) => ToTorch(operand, values[i], golden.IsDifferentiable))];
        torch.Tensor y = function(inputs);
        writer.Add($"{golden.Name}/output", y.to(torch.ScalarType.Float64));
        if (!golden.IsDifferentiable)
            return;
        Tensor weights = CaseRunner.Weights(Tensor.Zeros(new(y.shape.AsSpan()), DType.Float64));
        if (y.requires_grad)
            y.backward([TorchTensors.ToTorch(weights)]);
        int count = 0;
        foreach (torch.Tensor input in inputs.Where(input => input.requires_grad))
            writer.Add($"{golden.Name}/gradient {count++}", input.grad ?? torch.zeros_like(input));
    }

    private static torch.Tensor ToTorch(Operand operand, RefArray values, bool requiresGrad)
    {
        torch.Tensor flat = torch.tensor(values.Values).reshape([.. operand.Sizes.Select(size => (long)size)]);
        return operand.DType switch
        {
            DType.Int64 => flat.to(torch.ScalarType.Int64),
            DType.Bool => flat.to(torch.ScalarType.Bool),
            _ => flat.detach().requires_grad_(requiresGrad),
        };
    }
}
