namespace NeuralNet.Testing;

public static partial class OpCases
{
    private static (string Branch, int[] Sizes, int Axis, long Ignored)[] CrossEntropyBranches =>
    [
        ("rows", [4, 5], 1, -100),
        ("rows, one class ignored", [7, 3], 1, 2),
        ("images", [2, 5, 3], 1, -100),
        ("first axis", [5, 4], 0, 1),
        ("vector", [5], 0, -100),
        ("large", [263, 267], 1, 3),
        ("large images", [3, 67, 131], 1, -100),
    ];

    private static IEnumerable<OpCase> CrossEntropies()
    {
        foreach ((string branch, int[] sizes, int axis, long ignored) in CrossEntropyBranches)
        {
            int[] kept = With(sizes, axis, 1);
            Operand target = Positions([.. sizes.Where((_, i) => i != axis)], sizes[axis]);
            yield return new(
                "CrossEntropy",
                branch,
                [In(sizes), target],
                x => x[0].CrossEntropy(x[1], axis, ignored),
                x => new(target.Sizes, RefArray.Generate(kept, i => CrossEntropy(x[0], x[1].Reshape(kept), axis, ignored, i)).Values));
            yield return new(
                "CrossEntropyGrad",
                branch,
                [In(target.Sizes), In(sizes), target],
                x => Op.Apply(new CrossEntropyGradOp(axis, ignored), x[0], x[1], x[2]),
                x => CrossEntropyGradient(x[0].Reshape(kept), x[1], x[2].Reshape(kept), axis, ignored));
        }
    }

    private static IEnumerable<OpCase> BinaryCrossEntropies()
    {
        foreach ((string branch, int[] sizes, Domain domain, Domain targets) in new[]
        {
            ("matrix", new[] { 3, 7 }, Domain.Any, Domain.Between(0, 1)),
            ("scalar", [], Domain.Any, Domain.Between(0, 1)),
            ("large", [70001], Domain.Between(-30, 30), Domain.Truth),
        })
        {
            yield return new(
                "BinaryCrossEntropyWithLogits",
                branch,
                [In(sizes, domain), In(sizes, targets)],
                x => x[0].BinaryCrossEntropyWithLogits(x[1]),
                x => RefArray.Zip(x[0], x[1], (a, t) => (1 - t) * a + Math.Max(-a, 0) + LogOnePlus(Math.Exp(-Math.Abs(a)))));
            yield return new(
                "BinaryCrossEntropyWithLogitsGrad",
                branch,
                [In(sizes, domain), In(sizes, targets)],
                x => Op.Apply(new BinaryCrossEntropyWithLogitsGradOp(), x[0], x[1]),
                x => RefArray.Zip(x[0], x[1], (a, t) => a < 0 ? 1 / (1 + Math.Exp(-a)) - t : 1 - t - 1 / (1 + Math.Exp(a))))
            {
                IsElementwise = branch == "large",
            };
        }
    }

    private static double CrossEntropy(RefArray logits, RefArray target, int axis, long ignored, int[] index)
    {
        int label = (int)target[index];
        double[] row = [.. Enumerable.Range(0, logits.Sizes[axis]).Select(k => logits[With(index, axis, k)])];
        return label == ignored ? 0 : LogSumExp(row) - row[label];
    }

    private static RefArray CrossEntropyGradient(RefArray dy, RefArray logits, RefArray target, int axis, long ignored)
    {
        RefArray probabilities = logits.MapRows(axis, Softmax);
        return RefArray.Generate(logits.Sizes, i =>
        {
            int[] first = With(i, axis, 0);
            int label = (int)target[first];
            return label == ignored ? 0 : dy[first] * (probabilities[i] - (label == i[axis] ? 1 : 0));
        });
    }
}
