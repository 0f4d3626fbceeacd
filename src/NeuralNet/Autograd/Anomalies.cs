namespace NeuralNet;

/// <summary>Searches results for NaN where <see cref="Autograd.DetectAnomalies"/> is on.</summary>
internal static class Anomalies
{
    public static void CheckForward(string name, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (!HasNaN(output))
            return;
        foreach (Tensor input in inputs)
        {
            if (HasNaN(input))
                return;
        }
        throw new AnomalyException(name, $"{name}: the result of {output.Shape} has NaN, and no input has. Look at the inputs of this operation: a logarithm or root of a negative number, 0/0, ∞ − ∞.");
    }

    public static void CheckBackward(string name, Tensor gradient)
    {
        if (HasNaN(gradient))
            throw new AnomalyException(name, $"{name}: the gradient that arrives at the result of this operation, of {gradient.Shape}, has NaN. Look at the operation that uses the result.");
    }

    private static bool HasNaN(Tensor tensor)
    {
        if (!tensor.DType.IsFloatingPoint() || tensor.Device.IsMeta)
            return false;
        using (Autograd.SuspendAnomalyDetection())
            return tensor.Detach().NotEqual(tensor.Detach()).Sum().Item<long>() > 0;
    }
}
