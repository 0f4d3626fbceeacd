namespace NeuralNet.Testing;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Elementwise() =>
    [
        .. Unary("Abs", x => x.Abs(), Domain.AwayFrom0, Math.Abs, Accepts.Numeric),
        .. Unary("Erf", x => x.Erf(), Domain.Any, RefMath.Erf, wide: Domain.Between(-6, 6)),
        .. Unary("Exp", x => x.Exp(), Domain.Any, Math.Exp, wide: Domain.Between(-80, 80)),
        .. Unary("Gelu", x => x.Gelu(), Domain.Positive, RefMath.Gelu, wide: Domain.Between(0.1, 12)),
        .. Unary("Gelu", x => x.Gelu(GeluApproximation.Tanh), Domain.Between(0.1, 2), GeluByTanh, prefix: "tanh, "),
        .. LeftOf0(Unary("Gelu", x => x.Gelu(), Domain.Between(-6, -0.1), RefMath.Gelu, prefix: "left, ")),
        .. LeftOf0(Unary("Gelu", x => x.Gelu(GeluApproximation.Tanh), Domain.Between(-4, -0.1), GeluByTanh, prefix: "tanh, left, ")),
        .. Unary("Log", x => x.Log(), Domain.Positive, Math.Log, wide: Domain.ManyDecades),
        .. Unary("Log1P", x => x.Log1P(), Domain.Between(-0.7, 2), LogOnePlus, wide: Domain.Between(-0.99, 300)),
        .. Unary("Negate", x => -x, Domain.Any, x => -x, Accepts.Numeric),
        .. Unary("Relu", x => x.Relu(), Domain.AwayFrom0, x => x <= 0 ? 0 : x, Accepts.Numeric),
        .. Unary("Sigmoid", x => x.Sigmoid(), Domain.Any, x => 1 / (1 + Math.Exp(-x)), wide: Domain.Between(-80, 80)),
        .. Unary("Sign", x => x.Sign(), Domain.AwayFrom0, x => x > 0 ? 1 : x < 0 ? -1 : x, Accepts.Numeric),
        .. Unary("Sqrt", x => x.Sqrt(), Domain.Positive, Math.Sqrt, wide: Domain.ManyDecades),
        .. Unary("Tanh", x => x.Tanh(), Domain.Any, Math.Tanh, wide: Domain.Between(-20, 20)),
    ];

    private static IEnumerable<OpCase> Binaries() =>
    [
        .. Binary("Add", (a, b) => a + b, (a, b) => a + b, Accepts.Numeric),
        Scalar("Add", "scalar right", x => x + 3, x => x + 3, Accepts.Numeric),
        Scalar("Add", "scalar left", x => 3 + x, x => 3 + x, Accepts.Numeric),
        .. Binary("Subtract", (a, b) => a - b, (a, b) => a - b, Accepts.Numeric),
        Scalar("Subtract", "scalar right", x => x - 3, x => x - 3, Accepts.Numeric),
        Scalar("Subtract", "scalar left", x => 3 - x, x => 3 - x, Accepts.Numeric),
        .. Binary("Multiply", (a, b) => a * b, (a, b) => a * b, Accepts.Numeric),
        Scalar("Multiply", "scalar right", x => x * 3, x => x * 3, Accepts.Numeric),
        Scalar("Multiply", "scalar left", x => 3 * x, x => 3 * x, Accepts.Numeric),
        .. Binary("Divide", (a, b) => a / b, (a, b) => a / b, Accepts.Floating, b: Domain.AwayFrom0),
        Scalar("Divide", "scalar right", x => x / 3, x => x / 3),
        Scalar("Divide", "scalar left", x => 3 / x, x => 3 / x, domain: Domain.AwayFrom0),
        .. Binary("Maximum", (a, b) => a.Maximum(b), LargerOf, Accepts.Numeric, b: Domain.AnyOther),
        Scalar("Maximum", "scalar right", x => x.Maximum(1), x => LargerOf(x, 1), Accepts.Numeric, Domain.AnyOther),
        .. Binary("Pow", (a, b) => a.Pow(b), Math.Pow, Accepts.Floating, a: Domain.Positive),
        Scalar("Pow", "square", x => x.Pow(2), x => x * x),
        Scalar("Pow", "cube", x => x.Pow(3), x => Math.Pow(x, 3)),
        Scalar("Pow", "root", x => x.Pow(0.5), x => Math.Pow(x, 0.5), domain: Domain.Positive),
        Scalar("Pow", "reciprocal", x => x.Pow(-1), x => Math.Pow(x, -1), domain: Domain.AwayFrom0),
        Scalar("Pow", "power 0", x => x.Pow(0), _ => 1),
        // The second input is a tanh, which is never as large as the special numbers are.
        .. Binary("TanhGrad", (dy, y) => Op.Apply(new TanhGradOp(), dy, y), (dy, y) => dy * (1 - y * y), Accepts.Floating)
            .Select(opCase => opCase with { IsElementwise = false }),
        .. Binary("SigmoidGrad", (dy, y) => Op.Apply(new SigmoidGradOp(), dy, y), (dy, y) => dy * y * (1 - y), Accepts.Floating),
        .. GeluGradients(GeluApproximation.None, GeluGradient, Domain.Positive, ""),
        .. GeluGradients(GeluApproximation.Tanh, GeluByTanhGradient, Domain.Between(0.1, 1.1), "tanh, "),
        .. LeftOf0(GeluGradients(GeluApproximation.None, GeluGradient, Domain.Between(-6, -0.1), "left, ")),
        .. LeftOf0(GeluGradients(GeluApproximation.Tanh, GeluByTanhGradient, Domain.Between(-4, -0.1), "tanh, left, ")),
        .. ActivationGradients(),
        .. Binary("ReluGrad", (dy, y) => Op.Apply(new ReluGradOp(), dy, y), ReluGradient, Accepts.Numeric, b: Domain.AwayFrom0),
    ];

    private static IEnumerable<OpCase> Comparisons() =>
    [
        .. Comparison("Equal", (a, b) => a.Equal(b), x => x.Equal(1), (a, b) => a == b),
        .. Comparison("NotEqual", (a, b) => a.NotEqual(b), x => x.NotEqual(1), (a, b) => a != b),
        .. Comparison("Greater", (a, b) => a > b, x => x > 1, (a, b) => a > b),
        .. Comparison("GreaterOrEqual", (a, b) => a >= b, x => x >= 1, (a, b) => a >= b),
        .. Comparison("Less", (a, b) => a < b, x => x < 1, (a, b) => a < b),
        .. Comparison("LessOrEqual", (a, b) => a <= b, x => x <= 1, (a, b) => a <= b),
    ];

    private static IEnumerable<OpCase> Selections() =>
    [
        Where("of one shape", [3, 7], [3, 7], [3, 7]) with { IsElementwise = true },
        Where("condition broadcast", [3, 1], [3, 7], [3, 7]),
        Where("branches broadcast", [3, 7], [7], [3, 1]),
        Where("everything broadcast", [3, 1, 1], [4, 1], [5]),
        Where("large", [70001], [70001], [70001]),
        Dropout("matrix", [3, 7]),
        Dropout("vectors", [4, 17]),
        Dropout("large", [70001]),
        Where("large, broadcast", [263, 1], [267], [263, 267]),
        WhereScalar("scalar taken", (condition, x) => Tensor.Where(condition, 1, x), (condition, x) => condition != 0 ? 1 : x),
        WhereScalar("scalar not taken", (condition, x) => Tensor.Where(condition, x, 1), (condition, x) => condition != 0 ? x : 1),
    ];

    private static OpCase Dropout(string branch, int[] sizes) => new(
        "Dropout",
        branch,
        [In(sizes), Condition(sizes)],
        x => Op.Apply(new DropoutOp(1.25), x[0], x[1]),
        x => RefArray.Zip(x[0], x[1], (a, isKept) => isKept != 0 ? 1.25 * a : 0));

    private static IEnumerable<OpCase> GeluGradients(
        GeluApproximation approximate, Func<double, double, double> reference, Domain domain, string prefix) =>
        Binary(
            "GeluGrad",
            (dy, x) => Op.Apply(new GeluGradOp(approximate), dy, x),
            reference,
            Accepts.Floating,
            b: domain,
            prefix: prefix);

    /// <summary>
    /// GELU has its zero and its least value to the left of 0, where it and its gradient cancel: measured against the largest element.
    /// </summary>
    private static IEnumerable<OpCase> LeftOf0(IEnumerable<OpCase> cases) => cases.Select(opCase => opCase with { IsElementwise = false });

    private static IEnumerable<OpCase> Unary(
        string op,
        Func<Tensor, Tensor> function,
        Domain domain,
        Func<double, double> reference,
        Accepts accepts = Accepts.Floating,
        Domain? wide = null,
        string prefix = "")
    {
        foreach ((string branch, int[] sizes) in new[] { ("matrix", new[] { 3, 7 }), ("scalar", []), ("large", [70001]) })
        {
            Operand operand = In(sizes, branch == "large" ? wide ?? domain : domain);
            yield return new(op, prefix + branch, [operand], x => function(x[0]), x => x[0].Map(reference))
            {
                Accepts = accepts,
                IsElementwise = true,
            };
        }
    }

    private static OpCase Scalar(
        string op,
        string branch,
        Func<Tensor, Tensor> function,
        Func<double, double> reference,
        Accepts accepts = Accepts.Floating,
        Domain? domain = null) =>
        new(op, branch, [In([3, 7], domain)], x => function(x[0]), x => x[0].Map(reference)) { Accepts = accepts, IsElementwise = true };

    private static IEnumerable<OpCase> Binary(
        string op,
        Func<Tensor, Tensor, Tensor> function,
        Func<double, double, double> reference,
        Accepts accepts,
        Domain? a = null,
        Domain? b = null,
        string prefix = "")
    {
        foreach ((string branch, int[] sizesA, int[] sizesB) in Broadcasts)
        {
            Operand[] operands = [In(sizesA, a), In(sizesB, b)];
            yield return new(op, prefix + branch, operands, x => function(x[0], x[1]), x => RefArray.Zip(x[0], x[1], reference))
            {
                Accepts = accepts,
                IsElementwise = true,
            };
        }
    }

    private static IEnumerable<OpCase> Comparison(
        string op, Func<Tensor, Tensor, Tensor> function, Func<Tensor, Tensor> withOne, Func<double, double, bool> reference)
    {
        Domain domain = Domain.FewIntegers;
        IEnumerable<OpCase> cases =
        [
            .. Binary(op, function, (a, b) => reference(a, b) ? 1 : 0, Accepts.NumericOrBool, domain, domain),
            Scalar(op, "scalar right", withOne, x => reference(x, 1) ? 1 : 0, Accepts.NumericOrBool, domain),
        ];
        return cases.Select(opCase => opCase with { IsDifferentiable = false });
    }

    private static OpCase Where(string branch, int[] condition, int[] a, int[] b) => new(
        "Where",
        branch,
        [Condition(condition), In(a), In(b)],
        x => Tensor.Where(x[0], x[1], x[2]),
        x =>
        {
            int[] sizes = RefArray.Broadcast(x[0].Sizes, RefArray.Broadcast(x[1].Sizes, x[2].Sizes));
            return RefArray.Generate(sizes, i => x[0][i] != 0 ? x[1][i] : x[2][i]);
        })
    {
        Accepts = Accepts.Any,
    };

    private static OpCase WhereScalar(string branch, Func<Tensor, Tensor, Tensor> function, Func<double, double, double> reference) =>
        new("Where", branch, [Condition(3, 7), In([3, 7])], x => function(x[0], x[1]), x => RefArray.Zip(x[0], x[1], reference))
        {
            Accepts = Accepts.Any,
        };

    private static (string Branch, int[] A, int[] B)[] Broadcasts =>
    [
        ("of one shape", [3, 7], [3, 7]),
        ("row", [3, 7], [7]),
        ("row left", [7], [3, 7]),
        ("column", [3, 7], [3, 1]),
        ("both ways", [3, 1, 5], [4, 1]),
        ("tensor of one", [], [3, 7]),
        ("two scalars", [], []),
        ("large", [70001], [70001]),
        ("large row", [263, 267], [267]),
        ("large column", [263, 1], [263, 267]),
    ];

    private static double GeluByTanh(double x) =>
        double.IsNegativeInfinity(x) ? 0 : x / (1 + Math.Exp(-2 * Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));

    private static double GeluGradient(double dy, double x) =>
        dy * (RefMath.NormalProbability(x) + (double.IsInfinity(x) ? 0 : x * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI)));

    private static double GeluByTanhGradient(double dy, double x)
    {
        double t = Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x));
        double rise = 1 - t * t;
        return dy * (0.5 * (1 + t) + (rise == 0 ? 0 : 0.5 * x * rise * Math.Sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x)));
    }

    private static double ReluGradient(double dy, double y) => y <= 0 ? 0 : dy;

    private static double LargerOf(double a, double b) => a > b || double.IsNaN(a) ? a : b;

    /// <summary>Near 0, where 1 + x loses digits, ln(1 + x) = 2 artanh(x/(2 + x)), and x itself where x² is nothing beside it.</summary>
    private static double LogOnePlus(double x) => Math.Abs(x) switch
    {
        < 1e-20 => x,
        < 0.5 => 2 * Math.Atanh(x / (2 + x)),
        _ => Math.Log(1 + x),
    };
}
