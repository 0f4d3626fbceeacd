namespace NeuralNet.Testing;

/// <summary>
/// Where the numbers of an operand come from. They are multiples of a power of two, which <see cref="float"/> holds exactly, so that
/// a computation in float and one in double start from the same numbers.
/// </summary>
public sealed class Domain(Func<Random, int, double[]> draw)
{
    private const double Quantum = 1.0 / 1024;

    /// <summary>(−2, 2).</summary>
    public static Domain Any { get; } = Between(-2, 2);

    /// <summary>(−2, 2) between the numbers of <see cref="Any"/>, so that no element of one equals an element of the other.</summary>
    public static Domain AnyOther { get; } = Each(random => Uniform(random, -2, 2) + Quantum / 2);

    /// <summary>(0.3, 2.3).</summary>
    public static Domain Positive { get; } = Between(0.3, 2.3);

    /// <summary>(−2.2, −0.2) and (0.2, 2.2).</summary>
    public static Domain AwayFrom0 { get; } = Each(random => Uniform(random, 0.2, 2.2) * (random.Next(2) == 0 ? -1 : 1));

    /// <summary>The integers from −2 to 2, many of them equal.</summary>
    public static Domain FewIntegers { get; } = Each(random => random.Next(-2, 3));

    /// <summary>Multiples of 1/16 in random order, no two equal.</summary>
    public static Domain Distinct { get; } = new((random, count) =>
    {
        double[] values = [.. Enumerable.Range(0, count).Select(i => (i - count / 2) / 16.0)];
        random.Shuffle(values);
        return values;
    });

    /// <summary>Powers of two times (1, 2), from 2⁻¹⁰⁰ to 2¹⁰⁰.</summary>
    public static Domain ManyDecades { get; } = Each(random => Math.ScaleB(1 + random.Next(1024) * Quantum, random.Next(-100, 100)));

    /// <summary>0 and 1.</summary>
    public static Domain Truth { get; } = Each(random => random.Next(2));

    public static Domain Between(double low, double high) => Each(random => Uniform(random, low, high));

    /// <summary>The positions of an axis.</summary>
    public static Domain Index(int size) => Each(random => random.Next(size));

    public Domain Scaled(double factor) => new((random, count) => Array.ConvertAll(draw(random, count), x => factor * x));

    public Domain Plus(double offset) => new((random, count) => Array.ConvertAll(draw(random, count), x => x + offset));

    /// <summary>The same with zeros at some positions.</summary>
    public Domain Zeroed(params int[] positions) => new((random, count) =>
    {
        double[] values = draw(random, count);
        foreach (int position in positions)
            values[position] = 0;
        return values;
    });

    /// <summary>The same in ascending order, in rows of a length.</summary>
    public Domain Sorted(int length) => new((random, count) => length == 0 ? [] : [.. draw(random, count).Chunk(length).SelectMany(row => row.Order())]);

    public RefArray Draw(int[] sizes, int seed) => new(sizes, draw(new Random(seed), RefArray.Count(sizes)));

    private static Domain Each(Func<Random, double> element) => new((random, count) =>
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = element(random);
        return values;
    });

    private static double Uniform(Random random, double low, double high) =>
        Math.Round((low + (high - low) * random.NextDouble()) / Quantum) * Quantum;
}
