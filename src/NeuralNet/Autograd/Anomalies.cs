using NeuralNet.Memory;

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
        throw new AnomalyException(name, $"{name}: the result of {output.Shape} has NaN, and no input has. Look at the inputs of this "
            + "operation: a logarithm or root of a negative number, 0/0, ∞ − ∞.");
    }

    /// <summary>Checks a gradient before its node runs: what the caller gave, a hook returned, or a sum of infinities made.</summary>
    public static void CheckArrived(string name, Tensor gradient)
    {
        if (HasNaN(gradient))
            throw new AnomalyException(name, $"{name}: the gradient of {gradient.Shape} that arrives here has NaN, though no backward "
                + "step made one. Look at the gradient given to Backward, at hooks, and for ∞ − ∞ where several gradients are added.");
    }

    /// <summary>Runs a backward step, whose own operations go unchecked, so that the error names the operation it belongs to.</summary>
    public static void RunBackward(Op op, Tensor dy, Span<Tensor?> gradients)
    {
        bool? onThread = AmbientContext.GradientsOnThread;
        using (Autograd.SuspendAnomalyDetection())
        {
            AmbientContext.GradientsOnThread = onThread;
            op.RunBackward(dy, gradients);
        }
        for (int i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is { } gradient && HasNaN(gradient))
                throw new AnomalyException(op.Name, $"{op.Name}: the backward step made NaN in the gradient of input {i}, of "
                    + $"{gradient.Shape}. Look at the values that this operation was given: its derivative may be infinite or "
                    + "undefined there.");
        }
    }

    private static bool HasNaN(Tensor tensor)
    {
        if (!tensor.DType.IsFloatingPoint() || tensor.Device.IsMeta)
            return false;
        using (Autograd.SuspendAnomalyDetection())
            return tensor.Detach().NotEqual(tensor.Detach()).Sum().Item<long>() > 0;
    }
}
