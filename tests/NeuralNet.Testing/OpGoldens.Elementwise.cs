namespace NeuralNet.Testing;

public static partial class OpGoldens
{
    private static (int[] First, int[] Second)[] ShapePairs => [([3, 4], [3, 4]), ([3, 4], [4]), ([2, 1, 4], [3, 1]), ([0, 2], [2]), ([], [3])];

    private static IEnumerable<OpGolden> Functions() =>
    [
        .. Each("Abs", x => x.Abs(), Domain.FewIntegers),
        .. Each("Acos", x => x.Acos(), Domain.Between(-0.9, 0.9)),
        .. Each("Acosh", x => x.Acosh(), Domain.Between(1.2, 3)),
        .. Each("Asin", x => x.Asin(), Domain.Between(-0.9, 0.9)),
        .. Each("Asinh", x => x.Asinh()),
        .. Each("Atan", x => x.Atan()),
        .. Each("Atanh", x => x.Atanh(), Domain.Between(-0.9, 0.9)),
        .. Each("Ceil", x => x.Ceil()),
        .. Each("Cos", x => x.Cos()),
        .. Each("Cosh", x => x.Cosh()),
        .. Each("Erf", x => x.Erf()),
        .. Each("Erfc", x => x.Erfc()),
        .. Each("Exp", x => x.Exp()),
        .. Each("ExpM1", x => x.ExpM1()),
        .. Each("Floor", x => x.Floor()),
        .. Each("Frac", x => x.Frac()),
        .. Each("IsFinite", x => x.IsFinite(), Special, isDifferentiable: false),
        .. Each("IsInf", x => x.IsInf(), Special, isDifferentiable: false),
        .. Each("IsNaN", x => x.IsNaN(), Special, isDifferentiable: false),
        .. Each("Log", x => x.Log(), Domain.Positive),
        .. Each("Log10", x => x.Log10(), Domain.Positive),
        .. Each("Log1P", x => x.Log1P(), Domain.Between(-0.7, 2)),
        .. Each("Log2", x => x.Log2(), Domain.Positive),
        .. Each("Negate", x => -x),
        .. Each("Pow, square", x => x.Pow(2)),
        .. Each("Pow, cube", x => x.Pow(3)),
        .. Each("Pow, 2.5", x => x.Pow(2.5), Domain.Positive),
        .. Each("Pow, -1", x => x.Pow(-1), Domain.AwayFrom0),
        .. Each("Reciprocal", x => x.Reciprocal(), Domain.AwayFrom0),
        .. Each("Round", x => x.Round()),
        .. Each("Round, halves", x => (x * 0.5).Round(), Domain.FewIntegers),
        .. Each("Round, decimals", x => x.Round(1), isDifferentiable: false),
        .. Each("Rsqrt", x => x.Rsqrt(), Domain.Positive),
        .. Each("Sigmoid", x => x.Sigmoid()),
        .. Each("Sign", x => x.Sign(), Domain.FewIntegers),
        .. Each("Sin", x => x.Sin()),
        .. Each("Sinh", x => x.Sinh()),
        .. Each("Sqrt", x => x.Sqrt(), Domain.Positive),
        .. Each("Square", x => x.Square()),
        .. Each("Tan", x => x.Tan(), Domain.Between(-1.2, 1.2)),
        .. Each("Tanh", x => x.Tanh()),
        .. Each("Trunc", x => x.Trunc()),
    ];

    private static IEnumerable<OpGolden> Activations() =>
    [
        .. Each("Relu", x => x.Relu(), Domain.FewIntegers),
        .. Each("Relu6", x => x.Relu6(), Domain.Any.Scaled(4)),
        .. Each("LeakyRelu", x => x.LeakyRelu(), Domain.FewIntegers),
        .. Each("LeakyRelu, 0.3", x => x.LeakyRelu(0.3)),
        .. Each("Elu", x => x.Elu(), Domain.FewIntegers),
        .. Each("Elu, 0.5", x => x.Elu(0.5)),
        .. Each("Celu, 1.3", x => x.Celu(1.3), Domain.FewIntegers).Select(golden => golden with { HasFloatConstants = true }),
        .. Each("Selu", x => x.Selu(), Domain.FewIntegers),
        .. Each("Gelu", x => x.Gelu()),
        .. Each("Gelu, tanh", x => x.Gelu(GeluApproximation.Tanh)),
        .. Each("Silu", x => x.Silu()),
        .. Each("Mish", x => x.Mish()),
        .. Each("LogSigmoid", x => x.LogSigmoid(), Domain.Any.Scaled(8)),
        .. Each("Softplus", x => x.Softplus()),
        .. Each("Softplus, 2 and 1", x => x.Softplus(2, 1)),
        .. Each("Softsign", x => x.Softsign()),
        .. Each("HardTanh", x => x.HardTanh(), Domain.FewIntegers),
        .. Each("HardTanh, -0.5 and 2", x => x.HardTanh(-0.5, 2)),
        .. Each("HardSigmoid", x => x.HardSigmoid(), Domain.Any.Scaled(2.5)).Select(golden => golden with { HasFloatConstants = true }),
        .. Each("HardSwish", x => x.HardSwish(), Domain.Any.Scaled(2.5)),
        .. Each("HardShrink", x => x.HardShrink()),
        .. Each("SoftShrink", x => x.SoftShrink()),
        .. Each("TanhShrink", x => x.TanhShrink()),
        .. Each("Threshold", x => x.Threshold(0.3, -1)),
        One("Glu", [3, 4], x => x.Glu(1)),
        One("Glu, first axis", [4, 2, 3], x => x.Glu(0)),
        Many("Prelu, one weight", [In([3, 4]), In([1])], x => x[0].Prelu(x[1])),
        Many("Prelu, channels", [In([2, 3, 4]), In([3])], x => x[0].Prelu(x[1])),
        One("Softmax", [3, 4], x => x.Softmax(1)),
        One("Softmax, first axis", [2, 3, 2], x => x.Softmax(0)),
        One("LogSoftmax", [3, 4], x => x.LogSoftmax(1)),
        One("LogSoftmax, middle axis", [2, 3, 2], x => x.LogSoftmax(1)),
    ];

    private static IEnumerable<OpGolden> Pairs() =>
    [
        .. Both("Add", (a, b) => a + b),
        .. Both("Subtract", (a, b) => a - b),
        .. Both("Multiply", (a, b) => a * b),
        .. Both("Divide", (a, b) => a / b, Domain.AwayFrom0),
        .. Both("Maximum", (a, b) => a.Maximum(b)),
        .. Both("Minimum", (a, b) => a.Minimum(b)),
        .. Both("Maximum, equal", (a, b) => a.Maximum(b), Domain.FewIntegers, Domain.FewIntegers),
        .. Both("Pow", (a, b) => a.Pow(b), null, Domain.Positive),
        .. Both("Atan2", (a, b) => a.Atan2(b), Domain.AwayFrom0, Domain.AwayFrom0),
        .. Both("Remainder", (a, b) => a.Remainder(b), Domain.AwayFrom0),
        .. Both("FloorDivide", (a, b) => a.FloorDivide(b), Domain.AwayFrom0, isDifferentiable: false),
        .. Both("Lerp", (a, b) => a.Lerp(b, 0.3)),
        Many("Lerp, weights", [In([3, 4]), In([4]), In([3, 1])], x => x[0].Lerp(x[1], x[2])),
        .. Whole("Add, integers", (a, b) => a + b),
        .. Whole("Multiply, integers", (a, b) => a * b),
        .. Whole("Remainder, integers", (a, b) => a.Remainder(b)),
        .. Whole("FloorDivide, integers", (a, b) => a.FloorDivide(b)),
        .. Whole("Maximum, integers", (a, b) => a.Maximum(b)),
        .. Both("Equal", (a, b) => a.Equal(b), Domain.FewIntegers, Domain.FewIntegers, isDifferentiable: false),
        .. Both("NotEqual", (a, b) => a.NotEqual(b), Domain.FewIntegers, Domain.FewIntegers, isDifferentiable: false),
        .. Both("Greater", (a, b) => a > b, Domain.FewIntegers, Special, isDifferentiable: false),
        .. Both("GreaterOrEqual", (a, b) => a >= b, Domain.FewIntegers, Special, isDifferentiable: false),
        .. Both("Less", (a, b) => a < b, Domain.FewIntegers, Special, isDifferentiable: false),
        .. Both("LessOrEqual", (a, b) => a <= b, Domain.FewIntegers, Special, isDifferentiable: false),
        .. Both("IsClose", (a, b) => a.IsClose(b, 0.4, 0.1), isDifferentiable: false),
        .. Both("LogicalAnd", (a, b) => a.LogicalAnd(b), Domain.FewIntegers, Domain.FewIntegers, isDifferentiable: false),
        .. Both("LogicalOr", (a, b) => a.LogicalOr(b), Domain.FewIntegers, Domain.FewIntegers, isDifferentiable: false),
        .. Both("LogicalXor", (a, b) => a.LogicalXor(b), Domain.FewIntegers, Domain.FewIntegers, isDifferentiable: false),
        .. Each("LogicalNot", x => x.LogicalNot(), Domain.FewIntegers, isDifferentiable: false),
    ];

    private static IEnumerable<OpGolden> Choices() =>
    [
        .. Each("Clamp", x => x.Clamp(-1, 1), Domain.FewIntegers),
        .. Each("Clamp, below", x => x.Clamp(min: 0.5)),
        Many("Clamp, tensors", [In([3, 4]), In([4], Domain.Between(-1, 0)), In([3, 1], Domain.Between(0.1, 1))], x => x[0].Clamp(x[1], x[2])),
        Many("Where", [Mask(3, 1), In([3, 4]), In([4])], x => Tensor.Where(x[0], x[1], x[2])),
        Many("MeanSquaredError", [In([3, 4]), In([3, 4])], x => x[0].MeanSquaredError(x[1])),
        Many(
            "BinaryCrossEntropyWithLogits",
            [In([3, 4], Domain.Between(-3, 3)), In([3, 4], Domain.Between(0, 1))],
            x => x[0].BinaryCrossEntropyWithLogits(x[1])),
        Many("CrossEntropy", [In([5, 4]), Index([5], 4)], x => x[0].CrossEntropy(x[1]).Mean()),
    ];

    private static IEnumerable<OpGolden> Both(
        string key, Func<Tensor, Tensor, Tensor> function, Domain? second = null, Domain? first = null, bool isDifferentiable = true) =>
        ShapePairs.Select(pair => Many(key, [In(pair.First, first), In(pair.Second, second)], x => function(x[0], x[1]), isDifferentiable));

    private static IEnumerable<OpGolden> Whole(string key, Func<Tensor, Tensor, Tensor> function) =>
    [
        Many(key, [Longs([5, 6], Integers), Longs([5, 6], Divisors)], x => function(x[0], x[1]), isDifferentiable: false),
        Many(key, [Longs([5, 1], Integers), Longs([6], Divisors)], x => function(x[0], x[1]), isDifferentiable: false),
    ];
}
