namespace NeuralNet.Testing;

/// <summary>
/// Inputs where functions have corners: NaN, ±∞, ±0, denormals, the largest finite numbers; in all pairs where there are two operands.
/// </summary>
public static class SpecialValues
{
    /// <summary>How often the list of one operand is repeated, so that vectors and the elements after them see it.</summary>
    private const int Repetitions = 3;

    public static RefArray[] Of(OpCase opCase, DType dtype)
    {
        double[] values = Of(dtype);
        int operands = opCase.Operands.Count(operand => operand.DType is null);
        int count = Repetitions * (int)Math.Pow(values.Length, operands);
        RefArray[] arrays = new RefArray[opCase.Operands.Count];
        int period = 1;
        for (int i = 0; i < arrays.Length; i++)
        {
            if (opCase.Operands[i].DType is not null)
            {
                arrays[i] = new([count], [.. Enumerable.Range(0, count).Select(k => (double)(k / 3 % 2))]);
                continue;
            }
            int step = period;
            arrays[i] = new([count], [.. Enumerable.Range(0, count).Select(k => values[k / step % values.Length])]);
            period *= values.Length;
        }
        return arrays;
    }

    private static double[] Of(DType dtype)
    {
        double denormal = dtype == DType.Float32 ? 1e-40f : 5e-310;
        double largest = dtype == DType.Float32 ? float.MaxValue : double.MaxValue;
        const double Infinity = double.PositiveInfinity;
        return [double.NaN, Infinity, -Infinity, 0, -0.0, denormal, -denormal, largest, -largest, 1, -1, 2, -2.5, 0.5];
    }
}
