namespace NeuralNet.Testing;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Mathematics() =>
    [
        .. Unary("Square", x => x.Square(), Domain.Any, x => x * x, Accepts.Numeric),
        .. Unary("Reciprocal", x => x.Reciprocal(), Domain.AwayFrom0, x => 1 / x, wide: Domain.Between(0.01, 300)),
        .. Unary("Rsqrt", x => x.Rsqrt(), Domain.Positive, x => 1 / Math.Sqrt(x), wide: Domain.Between(0.01, 300)),
        .. Unary("ExpM1", x => x.ExpM1(), Domain.Any, RefMath.ExpM1, wide: Domain.Between(-80, 80)),
        .. Unary("Log2", x => x.Log2(), Domain.Positive, Math.Log2, wide: Domain.ManyDecades),
        .. Unary("Log10", x => x.Log10(), Domain.Positive, Math.Log10, wide: Domain.ManyDecades),
        .. Unary("Sin", x => x.Sin(), Domain.Any, Math.Sin, wide: Domain.Between(-100, 100)),
        .. Unary("Cos", x => x.Cos(), Domain.Any, Math.Cos, wide: Domain.Between(-100, 100)),
        .. Unary("Tan", x => x.Tan(), Domain.Between(-1.2, 1.2), Math.Tan, wide: Domain.Between(-100, 100)),
        .. Unary("Asin", x => x.Asin(), Domain.Between(-0.9, 0.9), Math.Asin),
        .. Unary("Acos", x => x.Acos(), Domain.Between(-0.9, 0.9), Math.Acos),
        .. Unary("Atan", x => x.Atan(), Domain.Any, Math.Atan, wide: Domain.Between(-100, 100)),
        .. Unary("Sinh", x => x.Sinh(), Domain.Any, Math.Sinh, wide: Domain.Between(-80, 80)),
        .. Unary("Cosh", x => x.Cosh(), Domain.Any, Math.Cosh, wide: Domain.Between(-80, 80)),
        .. Unary("Asinh", x => x.Asinh(), Domain.Any, Math.Asinh, wide: Domain.Between(-100, 100)),
        .. Unary("Acosh", x => x.Acosh(), Domain.Between(1.25, 4), Math.Acosh, wide: Domain.Between(1.25, 100)),
        .. Unary("Atanh", x => x.Atanh(), Domain.Between(-0.9, 0.9), Math.Atanh),
        .. Unary("Erfc", x => x.Erfc(), Domain.Any, RefMath.Erfc, wide: Domain.Between(-6, 6)),
        .. Unary("Floor", x => x.Floor(), BetweenWholeNumbers, Math.Floor, Accepts.Numeric),
        .. Unary("Ceil", x => x.Ceil(), BetweenWholeNumbers, Math.Ceiling, Accepts.Numeric),
        .. Unary("Round", x => x.Round(), BetweenWholeNumbers, x => Math.Round(x, MidpointRounding.ToEven), Accepts.Numeric),
        .. Unary("Trunc", x => x.Trunc(), BetweenWholeNumbers, Math.Truncate, Accepts.Numeric),
        .. Unary("Frac", x => x.Frac(), BetweenWholeNumbers, x => x - Math.Truncate(x)),
        .. Unary("Clamp", x => x.Clamp(1, 2), Domain.AnyOther, x => x < 1 ? 1 : x > 2 ? 2 : x, Accepts.Numeric),
        Scalar("Clamp", "below", x => x.Clamp(min: 1), x => x < 1 ? 1 : x, Accepts.Numeric, Domain.AnyOther),
        Scalar("Clamp", "above", x => x.Clamp(max: 1), x => x > 1 ? 1 : x, Accepts.Numeric, Domain.AnyOther),
        .. Binary("Atan2", (a, b) => a.Atan2(b), Math.Atan2, Accepts.Floating, b: Domain.AwayFrom0),
        .. Binary("Minimum", (a, b) => a.Minimum(b), SmallerOf, Accepts.Numeric, b: Domain.AnyOther),
        Scalar("Minimum", "scalar right", x => x.Minimum(1), x => SmallerOf(x, 1), Accepts.Numeric, Domain.AnyOther),
        .. Divisions("Remainder", (a, b) => a % b, (a, b) => a % b, RemainderDown),
        .. Divisions("FloorDivide", (a, b) => a.FloorDivide(b), (a, b) => a.FloorDivide(b), QuotientDown),
        .. Logic("LogicalAnd", (a, b) => a.LogicalAnd(b), (a, b) => a & b),
        .. Logic("LogicalOr", (a, b) => a.LogicalOr(b), (a, b) => a | b),
        .. Logic("LogicalXor", (a, b) => a.LogicalXor(b), (a, b) => a ^ b),
        .. new[] { ("matrix", new[] { 3, 7 }), ("scalar", []), ("large", [70001]) }.Select(shape =>
            new OpCase("LogicalNot", shape.Item1, [Condition(shape.Item2)], x => x[0].LogicalNot(), x => x[0].Map(value => 1 - value))
            {
                Accepts = Accepts.Any,
                IsDifferentiable = false,
            }),
        .. Unary("IsNaN", x => x.IsNaN(), Domain.Any, x => double.IsNaN(x) ? 1 : 0, Accepts.Numeric).Select(WithoutGradient),
        .. Unary("IsInf", x => x.IsInf(), Domain.Any, x => double.IsInfinity(x) ? 1 : 0, Accepts.Numeric).Select(WithoutGradient),
        .. Unary("IsFinite", x => x.IsFinite(), Domain.Any, x => double.IsFinite(x) ? 1 : 0, Accepts.Numeric).Select(WithoutGradient),
    ];

    private static Domain BetweenWholeNumbers => Domain.FewIntegers.Plus(0.125).Scaled(1.25);

    /// <summary>A dividend and divisors whose quotients keep away from whole numbers, where both operations jump.</summary>
    private static IEnumerable<OpCase> Divisions(
        string op, Func<Tensor, Tensor, Tensor> function, Func<Tensor, Scalar, Tensor> byScalar, Func<double, double, double> reference)
    {
        foreach ((string branch, int[] sizesA, int[] sizesB) in Broadcasts)
        {
            Operand[] operands = [In(sizesA, Domain.FewIntegers.Plus(0.25)), In(sizesB, Domain.FewIntegers.Plus(2.53125).Scaled(0.5))];
            yield return new(op, branch, operands, x => function(x[0], x[1]), x => RefArray.Zip(x[0], x[1], reference))
            {
                Accepts = Accepts.Numeric,
                IsElementwise = true,
            };
        }
        yield return Scalar(op, "scalar right", x => byScalar(x, 3), x => reference(x, 3), Accepts.Numeric, Domain.AnyOther);
    }

    private static IEnumerable<OpCase> Logic(string op, Func<Tensor, Tensor, Tensor> function, Func<int, int, int> reference)
    {
        foreach ((string branch, int[] sizesA, int[] sizesB) in Broadcasts)
        {
            yield return new(
                op,
                branch,
                [Condition(sizesA), Condition(sizesB)],
                x => function(x[0], x[1]),
                x => RefArray.Zip(x[0], x[1], (a, b) => reference((int)a, (int)b)))
            {
                Accepts = Accepts.Any,
                IsDifferentiable = false,
            };
        }
    }

    private static OpCase WithoutGradient(OpCase opCase) => opCase with { IsDifferentiable = false };

    private static double SmallerOf(double a, double b) => a < b || double.IsNaN(a) ? a : b;

    private static double RemainderDown(double a, double b)
    {
        double remainder = a % b;
        return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder;
    }

    private static double QuotientDown(double a, double b)
    {
        if (b == 0)
            return a / b;
        double remainder = a % b;
        double quotient = (a - remainder) / b;
        if (remainder != 0 && (remainder < 0) != (b < 0))
            quotient--;
        if (quotient == 0)
            return a / b * 0;
        double floor = Math.Floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }
}
