namespace NeuralNet.Testing;

public static partial class OpCases
{
    private const double SeluScale = 1.0507009873554804934193349852946;
    private const double SeluAlpha = 1.6732632423543772848170429916717;

    private static IEnumerable<OpCase> Activations() =>
    [
        .. Unary("LeakyRelu", x => x.LeakyRelu(), Domain.AwayFrom0, x => x > 0 ? x : 0.01 * x).Select(Rounded),
        Scalar("LeakyRelu", "slope", x => x.LeakyRelu(0.25), x => x > 0 ? x : 0.25 * x, domain: Domain.AwayFrom0),
        .. Unary("Elu", x => x.Elu(), Domain.AwayFrom0, x => x > 0 ? x : RefMath.ExpM1(x)),
        Scalar("Elu", "alpha", x => x.Elu(1.5), x => x > 0 ? x : 1.5 * RefMath.ExpM1(x), domain: Domain.AwayFrom0),
        .. Unary("Selu", x => x.Selu(), Domain.AwayFrom0, x => SeluScale * (x > 0 ? x : SeluAlpha * RefMath.ExpM1(x))).Select(Rounded),
        .. Unary("Celu", x => x.Celu(), Domain.AwayFrom0, x => x > 0 ? x : RefMath.ExpM1(x)),
        Scalar("Celu", "alpha", x => x.Celu(2), x => x > 0 ? x : 2 * RefMath.ExpM1(x / 2), domain: Domain.AwayFrom0),
        .. LeftOf0(Unary("Silu", x => x.Silu(), Domain.Any, x => x / (1 + Math.Exp(-x)), wide: Domain.Between(-20, 20))),
        .. Unary("Silu", x => x.Silu(), Domain.Positive, x => x / (1 + Math.Exp(-x)), prefix: "right, "),
        .. LeftOf0(Unary("Mish", x => x.Mish(), Domain.Any, Mish, wide: Domain.Between(-20, 30))),
        .. Unary("Mish", x => x.Mish(), Domain.Positive, Mish, prefix: "right, "),
        .. Unary("Softplus", x => x.Softplus(), Domain.Any, x => Softplus(x, 1, 20), wide: Domain.Between(-30, 30)),
        Scalar("Softplus", "beta and threshold", x => x.Softplus(2, 1.5), x => Softplus(x, 2, 1.5), domain: Domain.AnyOther),
        .. Unary("Softsign", x => x.Softsign(), Domain.AwayFrom0, x => x / (1 + Math.Abs(x))),
        .. Unary("HardTanh", x => x.HardTanh(), Domain.AnyOther, x => Within(x, -1, 1)),
        Scalar("HardTanh", "limits", x => x.HardTanh(-0.5, 1.5), x => Within(x, -0.5, 1.5), domain: Domain.AnyOther),
        .. Unary("Relu6", x => x.Relu6(), Domain.AnyOther.Scaled(4), x => Within(x, 0, 6)),
        .. LeftOf0(Unary("HardSigmoid", x => x.HardSigmoid(), Domain.AnyOther.Scaled(2), x => Within(x + 3, 0, 6) / 6)),
        .. LeftOf0(Unary("HardSwish", x => x.HardSwish(), Domain.AnyOther.Scaled(2), x => x * Within(x + 3, 0, 6) / 6)),
        .. Unary("SoftShrink", x => x.SoftShrink(), Domain.AnyOther, SoftShrink),
        .. Unary("HardShrink", x => x.HardShrink(), Domain.AnyOther, x => Math.Abs(x) <= 0.5 ? 0 : x),
        .. Unary("Threshold", x => x.Threshold(0.5, -3), Domain.AnyOther, x => x <= 0.5 ? -3 : x),
        .. Unary("LogSigmoid", x => x.LogSigmoid(), Domain.Any, LogSigmoid, wide: Domain.Between(-30, 30)),
    ];

    /// <summary>
    /// A constant that float rounds: its error shows in numbers so large or so small that the product leaves the range, so no special values.
    /// </summary>
    private static OpCase Rounded(OpCase opCase) => opCase with { IsElementwise = false };

    private static double Within(double x, double min, double max) => x < min ? min : x > max ? max : x;

    private static double Mish(double x) => x * Math.Tanh(Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x))));

    private static double Softplus(double x, double beta, double threshold) =>
        beta * x > threshold ? x : (Math.Max(beta * x, 0) + LogOnePlus(Math.Exp(-Math.Abs(beta * x)))) / beta;

    private static double SoftShrink(double x) => x > 0.5 ? x - 0.5 : x < -0.5 ? x + 0.5 : double.IsNaN(x) ? x : 0;

    private static double LogSigmoid(double x) => Math.Min(x, 0) - LogOnePlus(Math.Exp(-Math.Abs(x)));
}
