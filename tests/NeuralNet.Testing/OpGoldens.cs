namespace NeuralNet.Testing;

/// <summary>The table of calls that are compared with libtorch, by families.</summary>
public static partial class OpGoldens
{
    private static int[][] Shapes => [[3, 4], [], [2, 1, 3], [0, 2]];

    public static IReadOnlyList<OpGolden> All { get; } =
    [
        .. Functions(), .. Activations(), .. Pairs(), .. Choices(), .. Reductions(), .. Norms(), .. Scans(), .. Orders(), .. Counts(), .. Views(), .. Copies(),
        .. Paddings(), .. Places(), .. Products(), .. Distances(), .. Factors(), .. Convolutions(), .. Poolings(), .. Normalizations(),
    ];

    public static OpGolden Named(string name) => All.Single(golden => golden.Name == name);

    /// <summary>NaN, infinities and numbers.</summary>
    private static Domain Special => new((_, count) =>
        [.. Enumerable.Range(0, count).Select(i => new[] { double.NaN, 1, double.PositiveInfinity, 0, double.NegativeInfinity, -2 }[i % 6])]);

    /// <summary>Integers from −7 to 7 without 0.</summary>
    private static Domain Divisors => new((random, count) =>
        [.. Enumerable.Range(0, count).Select(_ => (double)(random.Next(1, 8) * (random.Next(2) == 0 ? -1 : 1)))]);

    private static Domain Integers => new((random, count) => [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(-20, 21))]);

    private static Operand In(int[] sizes, Domain? domain = null) => new(sizes, domain ?? Domain.Any);

    private static Operand Longs(int[] sizes, Domain domain) => new(sizes, domain, DType.Int64);

    private static Operand Index(int[] sizes, int limit) => new(sizes, Domain.Index(limit), DType.Int64);

    private static Operand Mask(params int[] sizes) => new(sizes, Domain.Truth, DType.Bool);

    /// <summary>A function of a tensor of floating point, of several shapes.</summary>
    private static IEnumerable<OpGolden> Each(string key, Func<Tensor, Tensor> function, Domain? domain = null, bool isDifferentiable = true) =>
        Shapes.Select(sizes => new OpGolden(key, [In(sizes, domain)], x => function(x[0])) { IsDifferentiable = isDifferentiable });

    /// <summary>A function of a tensor of one shape.</summary>
    private static OpGolden One(string key, int[] sizes, Func<Tensor, Tensor> function, Domain? domain = null, bool isDifferentiable = true) =>
        new(key, [In(sizes, domain)], x => function(x[0])) { IsDifferentiable = isDifferentiable };

    private static OpGolden Many(string key, Operand[] operands, Func<IReadOnlyList<Tensor>, Tensor> function, bool isDifferentiable = true) =>
        new(key, operands, function) { IsDifferentiable = isDifferentiable };
}
