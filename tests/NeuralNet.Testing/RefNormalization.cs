namespace NeuralNet.Testing;

/// <summary>Normalisations by their definition.</summary>
/// <param name="Branch">What is special.</param>
/// <param name="X">The sizes of the input.</param>
/// <param name="Group">The group that an element belongs to, by its index.</param>
/// <param name="Parameter">The sizes of weight and bias.</param>
/// <param name="ParameterOf">Where an element finds its weight.</param>
public sealed record RefNormalization(string Branch, int[] X, Func<int[], int> Group, int[] Parameter, Func<int[], int[]> ParameterOf)
{
    private const double Epsilon = 1e-5;

    public bool IsCentered { get; init; } = true;

    public RefArray Forward(RefArray x, RefArray weight, RefArray? bias)
    {
        Dictionary<int, (double Mean, double Variance)> moments = Moments(x);
        return RefArray.Generate(x.Sizes, i =>
        {
            int[] at = ParameterOf(i);
            return Normalize(x[i], moments[Group(i)]) * weight[at] + (bias is null ? 0 : bias[at]);
        });
    }

    /// <summary>The gradients of bias and weight, one behind the other.</summary>
    public RefArray Sums(RefArray dy, RefArray x)
    {
        Dictionary<int, (double Mean, double Variance)> moments = Moments(x);
        int count = RefArray.Count(Parameter);
        double[] sums = new double[2 * count];
        RefArray places = RefArray.Generate(Parameter, _ => 0);
        RefArray.Generate(x.Sizes, i =>
        {
            int place = 0;
            int[] at = ParameterOf(i);
            for (int axis = 0; axis < at.Length; axis++)
                place = place * Parameter[axis] + at[axis];
            sums[place] += dy[i];
            sums[count + place] += dy[i] * Normalize(x[i], moments[Group(i)]);
            return 0;
        });
        return new([2, count], sums);
    }

    public RefArray Gradient(RefArray dy, RefArray x, RefArray weight)
    {
        Dictionary<int, (double Mean, double Variance)> moments = Moments(x);
        Dictionary<int, (double Sum, double Product, int Count)> sums = [];
        RefArray.Generate(x.Sizes, i =>
        {
            (double sum, double product, int count) = sums.GetValueOrDefault(Group(i));
            double g = dy[i] * weight[ParameterOf(i)];
            sums[Group(i)] = (sum + g, product + g * Normalize(x[i], moments[Group(i)]), count + 1);
            return 0;
        });
        return RefArray.Generate(x.Sizes, i =>
        {
            (double sum, double product, int count) = sums[Group(i)];
            double g = dy[i] * weight[ParameterOf(i)] - (IsCentered ? sum / count : 0);
            return (g - Normalize(x[i], moments[Group(i)]) * product / count) / Math.Sqrt(moments[Group(i)].Variance + Epsilon);
        });
    }

    /// <summary>Mean and variance of each group, [groups, 2], by the numbers of the groups.</summary>
    public RefArray Statistics(RefArray x) =>
        new([Moments(x).Count, 2], [.. Moments(x).OrderBy(pair => pair.Key).SelectMany(pair => new[] { pair.Value.Mean, pair.Value.Variance })]);

    private Dictionary<int, (double Mean, double Variance)> Moments(RefArray x)
    {
        Dictionary<int, List<double>> groups = [];
        RefArray.Generate(x.Sizes, i =>
        {
            if (!groups.TryGetValue(Group(i), out List<double>? group))
                groups.Add(Group(i), group = []);
            group.Add(x[i]);
            return 0;
        });
        return groups.ToDictionary(pair => pair.Key, pair =>
        {
            double mean = IsCentered ? pair.Value.Average() : 0;
            return (mean, pair.Value.Average(value => (value - mean) * (value - mean)));
        });
    }

    private static double Normalize(double x, (double Mean, double Variance) moments) => (x - moments.Mean) / Math.Sqrt(moments.Variance + Epsilon);
}
