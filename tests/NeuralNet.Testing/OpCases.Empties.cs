namespace NeuralNet.Testing;

public static partial class OpCases
{
    /// <summary>Tensors without elements: empty batches pass through, sums are 0, means NaN, and a product over no elements is 0.</summary>
    private static IEnumerable<OpCase> Empties() =>
    [
        new("Add", "empty", [In([0, 3]), In([3])], x => x[0] + x[1], x => x[0]) { Accepts = Accepts.Numeric },
        new("Tanh", "empty", [In([0])], x => x[0].Tanh(), x => x[0]),
        Where("empty", [0, 3], [3], [0, 1]),
        new("Sum", "empty", [In([0])], x => x[0].Sum(), _ => new([], [0])) { Accepts = Accepts.NumericOrBool },
        new("Sum", "empty axis", [In([0, 3])], x => x[0].Sum(0), _ => new([3], [0, 0, 0])) { Accepts = Accepts.NumericOrBool },
        new("Sum", "empty beside the axis", [In([0, 3])], x => x[0].Sum(1), _ => new([0], [])) { Accepts = Accepts.NumericOrBool },
        new("Mean", "empty", [In([0])], x => x[0].Mean(), _ => new([], [double.NaN])),
        new("Mean", "empty axis", [In([2, 0])], x => x[0].Mean(1), _ => new([2], [double.NaN, double.NaN])),
        new("MeanSquaredError", "empty", [In([0, 3]), In([0, 3])], x => x[0].MeanSquaredError(x[1]), _ => new([], [double.NaN])),
        new("Max", "empty beside the axis", [In([0, 3])], x => x[0].Max(1), _ => new([0], [])) { Accepts = Accepts.Numeric },
        new("LogSumExp", "empty", [In([0, 2])], x => x[0].LogSumExp(0), _ => new([2], [double.NegativeInfinity, double.NegativeInfinity])),
        new("ArgMax", "empty beside the axis", [In([0, 3])], x => x[0].ArgMax(1), _ => new([0], []))
        {
            Accepts = Accepts.Numeric,
            IsDifferentiable = false,
        },
        new("Softmax", "empty batch", [In([0, 3])], x => x[0].Softmax(1), x => x[0]),
        new("Softmax", "empty rows", [In([3, 0])], x => x[0].Softmax(1), x => x[0]),
        new("LogSoftmax", "empty batch", [In([0, 3])], x => x[0].LogSoftmax(1), x => x[0]),
        Product("empty batch", [0, 5], [5, 4]),
        Product("empty batch of matrices", [0, 3, 5], [5, 4]),
        Product("no columns", [3, 5], [5, 0]),
        Product("inner size 0", [3, 0], [0, 4]),
        Product("inner size 0, vectors", [0], [0]),
        Affine("empty batch", [0, 5], [4, 5], [4]),
        Affine("no inputs", [3, 0], [4, 0], [4]),
        Moved("Reshape", "empty", [0, 3], x => x.Reshape(3, 0), x => x.Reshape(3, 0)),
        Moved("Permute", "empty", [0, 3], x => x.T, x => x.Reshape(3, 0)),
        Moved("Slice", "empty", [4, 3], x => x[2..2], _ => new([0, 3], [])),
        Moved("Copy", "empty", [0, 3], x => x.Clone(), x => x),
        Joined("empty part", 0, [0, 3], [2, 3]),
        Gathered("no positions", 0, [3, 4], [0, 4]),
        IndexSelected("no positions", 0, [3, 4], 0),
        IndexSelected("rows of nothing", 0, [3, 0], 2),
        ScatterAdded("no positions", 0, [3, 4], [0, 4]),
    ];
}
