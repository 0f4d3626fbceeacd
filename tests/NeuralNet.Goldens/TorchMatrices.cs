using NeuralNet.Testing;
using TorchSharp;
using Entry = System.Collections.Generic.KeyValuePair<string, System.Func<TorchSharp.torch.Tensor[], TorchSharp.torch.Tensor>>;
using F = TorchSharp.torch.nn.functional;

namespace NeuralNet.Goldens;

/// <summary>Products and factorisations of libtorch.</summary>
internal static class TorchMatrices
{
    public static IEnumerable<Entry> All() =>
    [
        new("MatMul", x => x[0].matmul(x[1])),
        new("Linear", x => F.linear(x[0], x[1], x[2])),
        new("Dot", x => x[0].dot(x[1])),
        new("Outer", x => x[0].outer(x[1])),
        new("Kron", x => x[0].kron(x[1])),
        new("Trace", x => x[0].trace()),
        new("CosineSimilarity", x => F.cosine_similarity(x[0], x[1], dim: 1, eps: 1e-8)),
        new("CosineSimilarity, first axis", x => F.cosine_similarity(x[0], x[1], dim: 0, eps: 1e-8)),
        new("Inverse", x => torch.linalg.inv(Regular(x[0]))),
        new("Cholesky", x => torch.linalg.cholesky(Definite(x[0]))),
        new("Det", x => torch.linalg.det(x[0])),
        new("SlogDet", x => torch.linalg.slogdet(x[0]).Item2),
        new("SlogDet, sign", x => torch.linalg.slogdet(x[0]).Item1),
        new("EighValues", x => torch.linalg.eigvalsh(Definite(x[0]), 'L')),
        new("Eigh", x => torch.linalg.eigh(Definite(x[0]), 'L').Item1),
        new("Eigh, vectors", x => Signed(torch.linalg.eigh(Definite(x[0]), 'L').Item2)),
        new("Solve", x => torch.linalg.solve(Regular(x[0]), x[1], left: true)),
        new("Qr, q", x => Qr(Full(x[0])).Q),
        new("Qr, r", x => Qr(Full(x[0])).R),
        new("Svd, u", x => Svd(Full(x[0])).U),
        new("Svd, s", x => torch.linalg.svd(Full(x[0]), fullMatrices: false).Item2),
        new("Svd, vh", x => Svd(Full(x[0])).Vh),
        new("SvdValues", x => torch.linalg.svdvals(Full(x[0]))),
        new("MatrixNorm, Frobenius", x => torch.linalg.matrix_norm(Full(x[0]), "fro")),
        new("MatrixNorm, Nuclear", x => torch.linalg.matrix_norm(Full(x[0]), "nuc")),
        new("MatrixNorm, Spectral", x => torch.linalg.matrix_norm(Full(x[0]), 2.0)),
        new("MatrixNorm, LeastSingularValue", x => torch.linalg.matrix_norm(Full(x[0]), -2.0)),
        new("MatrixNorm, GreatestColumn", x => torch.linalg.matrix_norm(Full(x[0]), 1.0)),
        new("MatrixNorm, LeastColumn", x => torch.linalg.matrix_norm(Full(x[0]), -1.0)),
        new("MatrixNorm, GreatestRow", x => torch.linalg.matrix_norm(Full(x[0]), double.PositiveInfinity)),
        new("MatrixNorm, LeastRow", x => torch.linalg.matrix_norm(Full(x[0]), double.NegativeInfinity)),
        .. OpGoldens.Equations.Select(equation => new Entry($"Einsum, {equation.Equation}", x => torch.einsum(equation.Equation, x))),
        .. new[] { 1, 2, 3, double.PositiveInfinity }.SelectMany<double, Entry>(p =>
        [
            new Entry($"CDist, {p}", x => torch.cdist(x[0], x[1], p, compute_mode.donot_use_mm_for_euclid_dist)),
            new Entry($"PairwiseDistance, {p}", x => F.pairwise_distance(x[0], x[1], p, eps: 1e-6, keepdim: false)),
        ]),
    ];

    // The same as those of OpCases.

    private static torch.Tensor Regular(torch.Tensor x) => x + torch.eye(x.shape[^1], x.shape[^1], torch.ScalarType.Float64) * (2.0 * x.shape[^1] + 1);

    private static torch.Tensor Definite(torch.Tensor x)
    {
        long n = x.shape[^1];
        torch.Tensor steps = torch.arange(0, n, torch.ScalarType.Float64) * 5 + (2.0 * n + 1);
        return (x + x.transpose(-2, -1)) * 0.5 + torch.diag(steps);
    }

    private static torch.Tensor Full(torch.Tensor x)
    {
        torch.Tensor steps = torch.arange(0, x.shape[^1], torch.ScalarType.Float64) * 4 + 5;
        return x + torch.eye(x.shape[^2], x.shape[^1], torch.ScalarType.Float64) * steps;
    }

    /// <summary>The factors with the signs that this library gives them: no negative element on the diagonal of r.</summary>
    private static (torch.Tensor Q, torch.Tensor R) Qr(torch.Tensor x)
    {
        (torch.Tensor q, torch.Tensor r) = torch.linalg.qr(x, torch.linalg.QRMode.Reduced);
        torch.Tensor signs = r.diagonal(0, -2, -1).sign().detach();
        return (q * signs.unsqueeze(-2), r * signs.unsqueeze(-1));
    }

    private static (torch.Tensor U, torch.Tensor Vh) Svd(torch.Tensor x)
    {
        (torch.Tensor u, _, torch.Tensor vh) = torch.linalg.svd(x, fullMatrices: false);
        return (Signed(u), vh * Signs(u).transpose(-2, -1));
    }

    private static torch.Tensor Signed(torch.Tensor vectors) => vectors * Signs(vectors);

    /// <summary>The sign of the component of each column that is largest in magnitude.</summary>
    private static torch.Tensor Signs(torch.Tensor vectors) =>
        vectors.gather(-2, vectors.abs().argmax(-2, keepdim: true)).sign().detach();
}
