namespace NeuralNet.Testing;

public static partial class OpCases
{
    /// <summary>
    /// Factorisations of matrices that are made well conditioned, with values that differ, of whatever numbers are drawn: the gradient of what makes
    /// them is part of what is checked.
    /// </summary>
    private static IEnumerable<OpCase> Factorizations() =>
    [
        .. Square("Inverse", Regular, x => x.Inverse(), a => RefMatrix.Solve(a, RefMatrix.Identity(a.Sizes[0])), Regular),
        .. Square("Cholesky", Definite, x => x.Cholesky(), RefMatrix.Cholesky, Definite),
        .. Square("Det", x => Regular(x) * 0.1, x => x.Det(), a => new([], [RefMatrix.Determinant(a)]), a => Regular(a).Map(x => 0.1 * x)),
        .. Square("SlogDet", Regular, x => x.SlogDet().LogAbs, a => new([], [Math.Log(Math.Abs(RefMatrix.Determinant(a)))]), Regular),
        .. Square("EighValues", Definite, x => x.EighValues(), a => new([a.Sizes[0]], RefMatrix.Eigh(a).Values), Definite),
        .. Square("Eigh", Definite, x => x.Eigh().Vectors, a => RefMatrix.Eigh(a).Vectors, Definite),
        Solving("matrix", [4, 4], [4, 3]),
        Solving("vector", [4, 4], [4]),
        Solving("batches broadcast", [2, 1, 3, 3], [3, 3, 2]),
        Solving("no right sides", [3, 3], [3, 0]),
        Solving("large", [31, 6, 6], [31, 6, 2]),
        .. Rectangles("Qr", "q", x => x.Qr().Q, a => RefMatrix.Qr(a).Q),
        .. Rectangles("Qr", "r", x => x.Qr().R, a => RefMatrix.Qr(a).R),
        .. Rectangles("Svd", "u", x => x.Svd().U, a => RefMatrix.Svd(a).U),
        .. Rectangles("Svd", "s", x => x.Svd().S, a => Vector(RefMatrix.Svd(a).S)),
        .. Rectangles("Svd", "vh", x => x.Svd().Vh, a => RefMatrix.Svd(a).Vt),
        .. Rectangles("SvdValues", "s", x => x.SvdValues(), a => Vector(RefMatrix.Svd(a).S)),
    ];

    private static IEnumerable<OpCase> FactorizationCompositions()
    {
        foreach (MatrixNormKind kind in Enum.GetValues<MatrixNormKind>())
        {
            foreach ((string branch, int[] sizes) in ((string, int[])[])[("matrix", [4, 3]), ("batch", [2, 3, 4]), ("large", [23, 9, 5])])
            {
                yield return new("MatrixNorm", $"{kind}, {branch}", [In(sizes, Domain.AwayFrom0)], x => Full(x[0]).MatrixNorm(kind), x => EachMatrix(Full(x[0]), a => Norm(kind, a)))
                {
                    MustFit = false,
                    NamesErrors = false,
                };
            }
        }
    }

    private static IEnumerable<OpCase> Square(
        string op,
        Func<Tensor, Tensor> prepare,
        Func<Tensor, Tensor> function,
        Func<RefArray, RefArray> reference,
        Func<RefArray, RefArray> prepareReference)
    {
        foreach ((string branch, int[] sizes) in ((string, int[])[])[("matrix", [4, 4]), ("batch", [2, 1, 3, 3]), ("number", [1, 1]), ("no matrices", [0, 3, 3]), ("empty", [0, 0]), ("large", [31, 6, 6])])
        {
            yield return new(op, branch, [In(sizes)], x => function(prepare(x[0])), x => EachMatrix(prepareReference(x[0]), reference, Of(op, sizes)))
            {
                MustFit = false,
                NamesErrors = false,
            };
        }
    }

    private static IEnumerable<OpCase> Rectangles(string op, string part, Func<Tensor, Tensor> function, Func<RefArray, RefArray> reference)
    {
        foreach ((string branch, int[] sizes) in ((string, int[])[])[("tall", [5, 3]), ("wide", [3, 4]), ("batch of squares", [2, 3, 3]), ("large", [23, 9, 5])])
        {
            yield return new(op, $"{part}, {branch}", [In(sizes)], x => function(Full(x[0])), x => EachMatrix(Full(x[0]), reference))
            {
                MustFit = false,
                NamesErrors = false,
            };
        }
    }

    private static OpCase Solving(string branch, int[] a, int[] b) => new(
        "Solve",
        branch,
        [In(a), In(b)],
        x => Regular(x[0]).Solve(x[1]),
        x =>
        {
            RefArray matrices = Regular(x[0]);
            RefArray sides = b.Length == 1 ? x[1].Reshape(b[0], 1) : x[1];
            int[] batch = RefArray.Broadcast(a[..^2], sides.Sizes[..^2]);
            RefArray all = Broadcast(matrices, batch);
            RefArray allSides = Broadcast(sides, batch);
            int columns = sides.Sizes[^1];
            RefArray y = RefArray.Generate([.. batch, a[^1], columns], _ => 0);
            for (int i = 0; i < RefArray.Count(batch); i++)
                Array.Copy(RefMatrix.Solve(Matrix(all, i), Matrix(allSides, i)).Values, 0, y.Values, i * a[^1] * columns, a[^1] * columns);
            return b.Length == 1 ? y.Reshape(b[0]) : y;
        })
    {
        MustFit = false,
        NamesErrors = false,
    };

    /// <summary>What an operation makes of a matrix of these sizes, where there is none to try it with.</summary>
    private static int[] Of(string op, int[] sizes) => op switch
    {
        "Det" or "SlogDet" => [],
        "EighValues" => [sizes[^1]],
        _ => sizes[^2..],
    };

    /// <summary>x + 4n·1: regular, whatever x in (−2, 2) is.</summary>
    internal static Tensor Regular(Tensor x) => x + Tensor.Eye(x.Shape[-1], dtype: x.DType, device: x.Device) * (2.0 * x.Shape[-1] + 1);

    private static RefArray Regular(RefArray x) => RefArray.Generate(x.Sizes, i => x[i] + (i[^1] == i[^2] ? 2 * x.Sizes[^1] + 1 : 0));

    /// <summary>(x + xᵀ)/2 + diag: symmetric and positive definite, with eigenvalues that differ.</summary>
    internal static Tensor Definite(Tensor x)
    {
        Tensor steps = Tensor.Arange(0, x.Shape[-1], device: x.Device).Cast(x.DType) * 5 + (2.0 * x.Shape[-1] + 1);
        return (x + x.Transpose()) * 0.5 + steps.Unsqueeze(-1) * Tensor.Eye(x.Shape[-1], dtype: x.DType, device: x.Device);
    }

    private static RefArray Definite(RefArray x) =>
        RefArray.Generate(x.Sizes, i => (x[i] + x[[.. i[..^2], i[^1], i[^2]]]) / 2 + (i[^1] == i[^2] ? 5 * i[^1] + 2 * x.Sizes[^1] + 1 : 0));

    /// <summary>x with 5, 9, 13, … added on the diagonal: of full rank, with singular values that differ.</summary>
    internal static Tensor Full(Tensor x)
    {
        Tensor steps = Tensor.Arange(0, x.Shape[-1], device: x.Device).Cast(x.DType) * 4 + 5;
        return x + Tensor.Eye(x.Shape[-2], x.Shape[-1], x.DType, x.Device) * steps;
    }

    private static RefArray Full(RefArray x) => RefArray.Generate(x.Sizes, i => x[i] + (i[^1] == i[^2] ? 4 * i[^1] + 5 : 0));

    private static RefArray EachMatrix(RefArray x, Func<RefArray, RefArray> function, int[]? sizes = null)
    {
        int[] batch = x.Sizes[..^2];
        RefArray[] results = [.. Enumerable.Range(0, RefArray.Count(batch)).Select(i => function(Matrix(x, i)))];
        return new([.. batch, .. results.Length > 0 ? results[0].Sizes : sizes ?? []], [.. results.SelectMany(result => result.Values)]);
    }

    private static RefArray Matrix(RefArray x, int number)
    {
        int length = x.Sizes[^2] * x.Sizes[^1];
        return new(x.Sizes[^2..], x.Values[(number * length)..((number + 1) * length)]);
    }

    private static RefArray Broadcast(RefArray x, int[] batch) => RefArray.Generate([.. batch, .. x.Sizes[^2..]], i => x[i]);

    private static RefArray Vector(double[] values) => new([values.Length], values);

    private static RefArray Norm(MatrixNormKind kind, RefArray a)
    {
        double[] rows = a.Reduce([1], keepDims: false, row => row.Sum(Math.Abs)).Values;
        double[] columns = a.Reduce([0], keepDims: false, row => row.Sum(Math.Abs)).Values;
        return new([], [kind switch
        {
            MatrixNormKind.Frobenius => Math.Sqrt(a.Values.Sum(x => x * x)),
            MatrixNormKind.Nuclear => RefMatrix.Svd(a).S.Sum(),
            MatrixNormKind.Spectral => RefMatrix.Svd(a).S.Max(),
            MatrixNormKind.LeastSingularValue => RefMatrix.Svd(a).S.Min(),
            MatrixNormKind.GreatestColumn => columns.Max(),
            MatrixNormKind.LeastColumn => columns.Min(),
            MatrixNormKind.GreatestRow => rows.Max(),
            _ => rows.Min(),
        }]);
    }
}
