namespace NeuralNet.Testing;

/// <summary>
/// What holds for every operation and layer on every device, as checks that say what is wrong: null where nothing is. The processor computes what there is no
/// independent reference for.
/// </summary>
public static class DeviceContract
{
    /// <summary>The value of a case follows its reference.</summary>
    public static string? Value(OpCase opCase, Device device, DType dtype)
    {
        RefArray[] values = opCase.Draw(dtype);
        RefArray expected = opCase.Reference(values);
        CaseResult actual = CaseRunner.RunForward(opCase, device, dtype, values);
        if (dtype is not (DType.Float32 or DType.Float64))
            expected = expected.Map(x => HostValues.Wrap(x, actual.DType));
        if (!actual.Shape.SequenceEqual(expected.Sizes.Select(size => (long)size)))
            return $"the shape is {actual.Shape}, not [{string.Join(", ", expected.Sizes)}]";
        return Difference(expected.Values, actual, opCase);
    }

    /// <summary>The value of a case of special numbers follows its reference.</summary>
    public static string? SpecialValue(OpCase opCase, Device device, DType dtype)
    {
        RefArray[] values = SpecialValues.Of(opCase, dtype);
        Tensor y = opCase.Function(CaseRunner.Inputs(opCase, device, dtype, values));
        double[] expected = opCase.Reference(values).Map(x => HostValues.Round(x, y.DType)).Values;
        Tolerance tolerance = Tolerances.Value(y.DType, isElementwise: true, expected);
        return Comparison.Difference(expected, HostValues.ToDoubles(y), tolerance, signOfZero: true);
    }

    /// <summary>The gradients of a case in float are those of the processor in double.</summary>
    public static string? Gradients(OpCase opCase, Device device)
    {
        RefArray[] values = opCase.Draw(DType.Float32);
        CaseResult expected = CaseRunner.Run(opCase, Device.Cpu, DType.Float64, values);
        CaseResult actual = CaseRunner.Run(opCase, device, DType.Float32, values);
        return Difference(expected.Gradients, actual.Gradients, opCase);
    }

    /// <summary>The value of a case in float follows its reference, and the gradients are the same, whatever the layout of the inputs.</summary>
    public static string? AnyLayout(OpCase opCase, Device device, Arrangement arrangement)
    {
        RefArray[] values = opCase.Draw(DType.Float32);
        if (arrangement == Arrangement.Expanded)
            values = [.. values.Select(Arrangements.RepeatFirst)];
        CaseResult expected = CaseRunner.Run(opCase, device, DType.Float32, values);
        CaseResult actual = CaseRunner.Run(opCase, device, DType.Float32, values, arrangement);
        return Difference(opCase.Reference(values).Values, actual, opCase) ?? Difference(expected.Gradients, actual.Gradients, opCase);
    }

    /// <summary>Two runs of a case give the same bits.</summary>
    public static string? Repetition(OpCase opCase, Device device)
    {
        RefArray[] values = opCase.Draw(DType.Float32);
        CaseResult first = CaseRunner.Run(opCase, device, DType.Float32, values);
        CaseResult second = CaseRunner.Run(opCase, device, DType.Float32, values);
        return AreSameBits(first, second) ? null : "two runs differ";
    }

    /// <summary>A layer computes what it computes on the processor, with the same parameters and random numbers: the output, and all gradients.</summary>
    public static string? Layer(LayerCase layerCase, Device device, DType dtype)
    {
        (Tensor output, Tensor[] gradients, Tensor[] state) expected = Run(layerCase, Device.Cpu, dtype);
        (Tensor output, Tensor[] gradients, Tensor[] state) actual = Run(layerCase, device, dtype);
        return Difference("output", expected.output, actual.output)
            ?? expected.gradients.Zip(actual.gradients, (a, b) => Difference("gradient", a, b)).FirstOrDefault(difference => difference is not null)
            ?? expected.state.Zip(actual.state, (a, b) => Difference("state", a, b)).FirstOrDefault(difference => difference is not null);
    }

    /// <summary>The first difference of a value from what it should be.</summary>
    public static string? Difference(IReadOnlyList<double> expected, CaseResult actual, OpCase opCase) =>
        Comparison.Difference(expected, actual.Value, Tolerances.Value(actual.DType, opCase.IsElementwise, expected));

    /// <summary>The first difference of gradients in float from those in double.</summary>
    public static string? Difference(double[][] expected, double[][] actual, OpCase opCase)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Tolerance tolerance = Tolerances.FloatGradient(opCase.IsLocal, expected[i]);
            if (Comparison.Difference(expected[i], actual[i], tolerance) is { } difference)
                return $"gradient {i}: {difference}";
        }
        return null;
    }

    /// <summary>Whether values and gradients are the same, NaN and the sign of zero included.</summary>
    public static bool AreSameBits(CaseResult a, CaseResult b) =>
        AreSameBits(a.Value, b.Value) && a.Gradients.Zip(b.Gradients, AreSameBits).All(areSame => areSame);

    /// <summary>The dtypes beside Float32 and Float64 that are taken.</summary>
    public static DType[] DTypes(Accepts accepts) => accepts switch
    {
        Accepts.Floating => [],
        Accepts.Numeric => [DType.Int32, DType.Int64, DType.UInt8],
        Accepts.NumericOrBool => [DType.Int32, DType.Int64, DType.UInt8, DType.Bool],
        _ => [DType.Int32, DType.Int64, DType.UInt8, DType.Bool, DType.Float16, DType.BFloat16],
    };

    private static bool AreSameBits(double[] a, double[] b) =>
        a.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(b.Select(BitConverter.DoubleToInt64Bits));

    private static (Tensor Output, Tensor[] Gradients, Tensor[] State) Run(LayerCase layerCase, Device device, DType dtype)
    {
        RandomGenerator generator = new(3);
        Layer layer = layerCase.Create(dtype, generator);
        layer.To(device);
        Tensor x = layerCase.Draw(dtype).To(device).RequireGrad();
        Tensor y = layer.Forward(x);
        y.Backward(Tensor.Randn(y.Shape, dtype, generator: new(11)).To(device));
        return (y, [x.Grad!, .. layer.Parameters().Select(parameter => parameter.Grad!)], [.. layer.StateDict().Values]);
    }

    private static string? Difference(string what, Tensor expected, Tensor actual)
    {
        double[] values = HostValues.ToDoubles(expected);
        return Comparison.Difference(values, HostValues.ToDoubles(actual), Tolerances.FloatGradient(isLocal: false, values)) is { } difference
            ? $"{what}: {difference}"
            : null;
    }
}
