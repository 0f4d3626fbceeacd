namespace NeuralNet.Testing;

public static partial class OpGoldens
{
    /// <summary>The equations of einsum, with the shapes of their operands.</summary>
    public static IReadOnlyList<(string Equation, int[][] Sizes)> Equations =>
    [
        ("ij,jk->ik", [[3, 4], [4, 2]]),
        ("ii->i", [[3, 3]]),
        ("ij->ji", [[3, 4]]),
        ("i,j->ij", [[3], [4]]),
        ("bij,bjk->bik", [[2, 3, 4], [2, 4, 2]]),
        ("bi,bj,ijk->bk", [[2, 3], [2, 4], [3, 4, 2]]),
        ("...ij,...jk->...ik", [[2, 1, 3, 4], [3, 4, 2]]),
        ("iji->j", [[3, 2, 3]]),
    ];

    private static IEnumerable<OpGolden> Products() =>
    [
        Many("MatMul", [In([3, 4]), In([4, 2])], x => x[0].MatMul(x[1])),
        Many("MatMul", [In([4]), In([4, 2])], x => x[0].MatMul(x[1])),
        Many("MatMul", [In([3, 4]), In([4])], x => x[0].MatMul(x[1])),
        Many("MatMul", [In([2, 1, 3, 4]), In([3, 4, 2])], x => x[0].MatMul(x[1])),
        Many("MatMul", [In([3, 0]), In([0, 2])], x => x[0].MatMul(x[1])),
        Many("Linear", [In([5, 4]), In([3, 4]), In([3])], x => x[0].Linear(x[1], x[2])),
        Many("Dot", [In([5]), In([5])], x => x[0].Dot(x[1])),
        Many("Outer", [In([3]), In([4])], x => x[0].Outer(x[1])),
        Many("Kron", [In([2, 3]), In([3, 2])], x => x[0].Kron(x[1])),
        Many("Kron", [In([3]), In([2, 2])], x => x[0].Kron(x[1])),
        One("Trace", [3, 4], x => x.Trace()),
        .. Equations.Select(equation => Many($"Einsum, {equation.Equation}", [.. equation.Sizes.Select(sizes => In(sizes))], x => Tensor.Einsum(equation.Equation, [.. x]))),
    ];

    private static IEnumerable<OpGolden> Distances() =>
    [
        .. new[] { 1, 2, 3, double.PositiveInfinity }.SelectMany(p => new[]
        {
            Many($"CDist, {p}", [In([3, 4]), In([5, 4])], x => Tensor.CDist(x[0], x[1], p)),
            Many($"CDist, {p}", [In([2, 3, 4]), In([2, 2, 4])], x => Tensor.CDist(x[0], x[1], p)),
            Many($"PairwiseDistance, {p}", [In([3, 4]), In([3, 4])], x => x[0].PairwiseDistance(x[1], p)),
        }),
        Many("CosineSimilarity", [In([3, 4]), In([3, 4])], x => x[0].CosineSimilarity(x[1])),
        Many("CosineSimilarity, first axis", [In([3, 4]), In([3, 1])], x => x[0].CosineSimilarity(x[1], 0)),
    ];

    /// <summary>Matrices are made regular, symmetric and positive definite, or of full rank as the case needs it: see <see cref="OpCases"/>.</summary>
    private static IEnumerable<OpGolden> Factors() =>
    [
        .. Squares("Inverse", x => OpCases.Regular(x).Inverse()),
        .. Squares("Cholesky", x => OpCases.Definite(x).Cholesky()),
        .. Squares("Det", x => x.Det()),
        .. Squares("SlogDet", x => x.SlogDet().LogAbs),
        .. Squares("SlogDet, sign", x => x.SlogDet().Sign, isDifferentiable: false),
        .. Squares("EighValues", x => OpCases.Definite(x).EighValues()),
        .. Squares("Eigh", x => OpCases.Definite(x).Eigh().Values),
        .. Squares("Eigh, vectors", x => OpCases.Definite(x).Eigh().Vectors),
        Many("Solve", [In([4, 4]), In([4, 2])], x => OpCases.Regular(x[0]).Solve(x[1])),
        Many("Solve", [In([2, 3, 3]), In([3, 2])], x => OpCases.Regular(x[0]).Solve(x[1])),
        .. Rectangles("Qr, q", x => OpCases.Full(x).Qr().Q),
        .. Rectangles("Qr, r", x => OpCases.Full(x).Qr().R),
        .. Rectangles("Svd, u", x => OpCases.Full(x).Svd().U),
        .. Rectangles("Svd, s", x => OpCases.Full(x).Svd().S),
        .. Rectangles("Svd, vh", x => OpCases.Full(x).Svd().Vh),
        .. Rectangles("SvdValues", x => OpCases.Full(x).SvdValues()),
        .. Enum.GetValues<MatrixNormKind>().SelectMany(kind => Rectangles($"MatrixNorm, {kind}", x => OpCases.Full(x).MatrixNorm(kind))),
    ];

    private static IEnumerable<OpGolden> Squares(string key, Func<Tensor, Tensor> function, bool isDifferentiable = true) =>
        new int[][] { [4, 4], [2, 3, 3], [1, 1] }.Select(sizes => One(key, sizes, function, isDifferentiable: isDifferentiable));

    private static IEnumerable<OpGolden> Rectangles(string key, Func<Tensor, Tensor> function) =>
        new int[][] { [4, 3], [2, 3, 4], [3, 3] }.Select(sizes => One(key, sizes, function));
}
