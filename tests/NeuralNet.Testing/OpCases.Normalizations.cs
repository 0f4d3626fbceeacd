namespace NeuralNet.Testing;

public static partial class OpCases
{
    private static RefNormalization Batch(string branch, params int[] x) => new(branch, x, i => i[1], [x[1]], i => [i[1]]);

    private static RefNormalization Grouped(string branch, int groups, params int[] x) =>
        new(branch, x, i => i[0] * groups + i[1] / (x[1] / groups), [x[1]], i => [i[1]]);

    private static RefNormalization Last(string branch, int axis, bool isCentered, params int[] x) => new(
        branch,
        x,
        i => i[..axis].Zip(x).Aggregate(0, (group, pair) => group * pair.Second + pair.First),
        x[axis..],
        i => i[axis..])
    {
        IsCentered = isCentered,
    };

    private static IEnumerable<(RefNormalization Reference, Func<Shape, NormalizationPlan> Plan, Func<Tensor, Tensor, Tensor?, Tensor> Function)> AllNormalizations()
    {
        RefNormalization[] batches = [Batch("batch", 2, 3, 2, 3), Batch("batch, vectors", 4, 3), Batch("batch, one axis", 3, 2, 4), Batch("batch, three axes", 2, 2, 2, 1, 2), Batch("batch, large", 4, 37, 13, 11)];
        foreach (RefNormalization batch in batches)
            yield return (batch, x => NormalizationPlan.OfBatch(x, 1e-5), (x, w, b) => x.BatchNorm(null, null, w, b, training: true));
        (RefNormalization, int)[] groups = [(Grouped("groups", 2, 2, 4, 2, 3), 2), (Grouped("groups, one", 1, 2, 3, 4), 1), (Grouped("groups, vectors", 2, 3, 6), 2), (Grouped("groups, large", 3, 3, 51, 9, 11), 3)];
        foreach ((RefNormalization group, int count) in groups)
            yield return (group, x => NormalizationPlan.OfGroups(x, count, 1e-5), (x, w, b) => x.GroupNorm(count, w, b));
        RefNormalization[] instances = [Grouped("instances", 3, 2, 3, 2, 3), Grouped("instances, large", 35, 4, 35, 9, 11)];
        foreach (RefNormalization instance in instances)
            yield return (instance, x => NormalizationPlan.OfGroups(x, x[1], 1e-5), (x, w, b) => x.InstanceNorm(w, b));
        (RefNormalization, int)[] layers = [(Last("layer", 1, true, 3, 5), 1), (Last("layer, two axes", 2, true, 2, 2, 3, 2), 2), (Last("layer, vector", 0, true, 7), 0), (Last("layer, large", 1, true, 33, 517), 1)];
        foreach ((RefNormalization layer, int axis) in layers)
            yield return (layer, x => NormalizationPlan.OfLast(Layout.Contiguous(x), axis, 1e-5, true), (x, w, b) => x.LayerNorm(w.Shape, w, b));
        (RefNormalization, int)[] squares = [(Last("rms", 1, false, 3, 5), 1), (Last("rms, large", 2, false, 3, 11, 67), 2)];
        foreach ((RefNormalization square, int axis) in squares)
            yield return (square, x => NormalizationPlan.OfLast(Layout.Contiguous(x), axis, 1e-5, false), (x, w, b) => x.RmsNorm(w.Shape, w, 1e-5));
    }

    private static IEnumerable<OpCase> Normalizations()
    {
        yield return ChannelsLastLayer("layer, channels last", 2, 3, 2, 2);
        yield return ChannelsLastLayer("layer, channels last, large", 5, 9, 23, 11);
        foreach ((RefNormalization reference, Func<Shape, NormalizationPlan> plan, Func<Tensor, Tensor, Tensor?, Tensor> function) in AllNormalizations())
        {
            string branch = reference.Branch;
            bool hasBias = reference.IsCentered;
            yield return new(
                "Normalization",
                branch,
                [In(reference.X), In(reference.Parameter), .. hasBias ? [In(reference.Parameter)] : Array.Empty<Operand>()],
                x => function(x[0], x[1], hasBias ? x[2] : null),
                x => reference.Forward(x[0], x[1], hasBias ? x[2] : null))
            {
                NamesErrors = false,
                MustFit = false,
            };
            yield return new(
                "NormalizationMoments",
                branch,
                [In(reference.X)],
                x => Op.Apply(new NormalizationMomentsOp(plan(x[0].Shape)), x[0]).Reshape(-1, 2),
                x => reference.Statistics(x[0]))
            {
                IsDifferentiable = false,
                NamesErrors = false,
            };
            yield return new(
                "NormalizationSums",
                branch,
                [In(reference.X), In(reference.X)],
                x => Op.Apply(new NormalizationSumsOp(plan(x[1].Shape)), x[0], x[1], Op.Apply(new NormalizationMomentsOp(plan(x[1].Shape)), x[1])),
                x => reference.Sums(x[0], x[1]))
            {
                IsDifferentiable = false,
                NamesErrors = false,
                MustFit = false,
            };
            yield return new(
                "NormalizationGrad",
                branch,
                [In(reference.X), In(reference.X), In(reference.Parameter)],
                x => NormalizationGradient(plan(x[1].Shape), x),
                x => reference.Gradient(x[0], x[1], x[2]))
            {
                IsDifferentiable = false,
                NamesErrors = false,
                MustFit = false,
            };
        }
    }

    /// <summary>Layer normalisation of whole images whose channels are innermost in memory.</summary>
    private static OpCase ChannelsLastLayer(string branch, params int[] sizes)
    {
        RefNormalization reference = Last(branch, 1, true, sizes);
        return new(
            "Normalization",
            branch,
            [In(reference.X), In(reference.Parameter), In(reference.Parameter)],
            x => x[0].Permute(0, 2, 3, 1).Contiguous().Permute(0, 3, 1, 2).LayerNorm(x[1].Shape, x[1], x[2]),
            x => reference.Forward(x[0], x[1], x[2]))
        {
            NamesErrors = false,
            MustFit = false,
        };
    }

    private static IEnumerable<OpCase> NormalizationCompositions() =>
    [
        new(
            "BatchNorm",
            "evaluation",
            [In([2, 3, 2, 2]), In([3]), In([3], Domain.Positive), In([3]), In([3])],
            x => x[0].BatchNorm(x[1], x[2], x[3], x[4]),
            x => RefArray.Generate(x[0].Sizes, i => (x[0][i] - x[1][i[1]]) / Math.Sqrt(x[2][i[1]] + 1e-5) * x[3][i[1]] + x[4][i[1]])) { NamesErrors = false, MustFit = false },
        new(
            "LocalResponseNorm",
            "five channels",
            [In([2, 5, 2, 3])],
            x => x[0].LocalResponseNorm(3, alpha: 0.5, beta: 0.7, k: 2),
            x => RefArray.Generate(x[0].Sizes, i => x[0][i] / Math.Pow(2 + 0.5 / 3 * Enumerable.Range(i[1] - 1, 3).Where(c => c is >= 0 and < 5).Sum(c => x[0][i[0], c, i[2], i[3]] * x[0][i[0], c, i[2], i[3]]), 0.7))) { NamesErrors = false },
    ];

    private static Tensor NormalizationGradient(NormalizationPlan plan, IReadOnlyList<Tensor> x)
    {
        Tensor statistics = Op.Apply(new NormalizationMomentsOp(plan), x[1]);
        Tensor sums = Op.Apply(new NormalizationSumsOp(plan), x[0], x[1], statistics);
        return Op.Apply(new NormalizationGradOp(plan), x[0], x[1], statistics, sums, x[2]);
    }
}
