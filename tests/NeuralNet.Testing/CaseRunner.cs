namespace NeuralNet.Testing;

/// <summary>Runs cases on a device.</summary>
public static class CaseRunner
{
    /// <summary>Computes value and gradients.</summary>
    public static CaseResult Run(
        OpCase opCase, Device device, DType dtype, IReadOnlyList<RefArray> values, Arrangement arrangement = Arrangement.Contiguous)
    {
        Tensor[] inputs = Inputs(opCase, device, dtype, values, arrangement);
        Tensor[] targets = opCase.IsDifferentiable ? [.. inputs.Where(IsFloatingPoint).Select(x => x.RequireGrad())] : [];
        Tensor y = opCase.Function(inputs);
        double[][] gradients = targets is [] || !IsFloatingPoint(y)
            ? []
            : [.. Gradients.Of(y, targets, Weights(y)).Select(HostValues.ToDoubles)];
        return new(y.Shape, y.DType, HostValues.ToDoubles(y), gradients);
    }

    /// <summary>Computes the value alone.</summary>
    public static CaseResult RunForward(OpCase opCase, Device device, DType dtype, IReadOnlyList<RefArray> values)
    {
        Tensor y = opCase.Function(Inputs(opCase, device, dtype, values));
        return new(y.Shape, y.DType, HostValues.ToDoubles(y), []);
    }

    public static Tensor[] Inputs(
        OpCase opCase, Device device, DType dtype, IReadOnlyList<RefArray> values, Arrangement arrangement = Arrangement.Contiguous)
    {
        using (Autograd.NoGrad())
        {
            return
            [
                .. opCase.Operands.Select((operand, i) => Arrangements.Create(values[i], operand.DType ?? dtype, device, arrangement).Detach()),
            ];
        }
    }

    public static bool IsFloatingPoint(Tensor x) => x.DType is DType.Float32 or DType.Float64;

    /// <summary>A gradient of the result with irregular elements that float holds exactly.</summary>
    public static Tensor Weights(Tensor y) =>
        HostValues.ToTensor(Domain.AwayFrom0.Draw([.. y.Shape.Select(size => (int)size)], seed: 5), y.DType, y.Device);
}
