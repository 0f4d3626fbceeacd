namespace NeuralNet.Testing;

public static partial class OpCases
{
    private static IEnumerable<OpCase> ActivationGradients() =>
    [
        .. ActivationGradient("leaky relu", new LeakyReluOp(0.25), (dy, x) => x > 0 ? dy : 0.25 * dy),
        .. ActivationGradient("elu", new EluOp(1.5), (dy, x) => dy * (x > 0 ? 1 : 1.5 * Math.Exp(x))).Select(Rounded),
        .. ActivationGradient("selu", new SeluOp(), (dy, x) => dy * SeluScale * (x > 0 ? 1 : SeluAlpha * Math.Exp(x))).Select(Rounded),
        .. ActivationGradient("celu", new CeluOp(2), (dy, x) => dy * (x > 0 ? 1 : Math.Exp(x / 2))).Select(Rounded),
        .. ActivationGradient("hard tanh", new HardTanhOp(-0.5, 1.5), (dy, x) => x > -0.5 && x < 1.5 ? dy : 0, Domain.AnyOther),
        .. ActivationGradient("relu6", new Relu6Op(), (dy, x) => x > 0 && x < 6 ? dy : 0, Domain.AnyOther.Scaled(4)),
        .. ActivationGradient("clamp", new ClampOp(-0.5, 1.5), (dy, x) => x >= -0.5 && x <= 1.5 ? dy : 0, Domain.AnyOther),
        .. ActivationGradient("clamp below", new ClampOp(-0.5, null), (dy, x) => x >= -0.5 ? dy : 0, Domain.AnyOther),
        .. ActivationGradient("hard sigmoid", new HardSigmoidOp(), (dy, x) => x > -3 && x < 3 ? dy / 6 : 0, Domain.AnyOther.Scaled(2)),
        .. LeftOf0(ActivationGradient(
            "hard swish", new HardSwishOp(), (dy, x) => x <= -3 ? 0 : x < 3 ? dy * (x / 3 + 0.5) : dy, Domain.AnyOther.Scaled(2))),
        .. ActivationGradient("hard shrink", new HardShrinkOp(0.5), (dy, x) => Math.Abs(x) <= 0.5 ? 0 : dy, Domain.AnyOther),
        .. ActivationGradient("soft shrink", new SoftShrinkOp(0.5), (dy, x) => Math.Abs(x) <= 0.5 ? 0 : dy, Domain.AnyOther),
        .. ActivationGradient("threshold", new ThresholdOp(0.5, -3), (dy, x) => x <= 0.5 ? 0 : dy, Domain.AnyOther),
        .. ActivationGradient("log sigmoid", new LogSigmoidOp(), (dy, x) => dy / (1 + Math.Exp(x)), Domain.Between(-30, 30)).Select(Rounded),
        .. ActivationGradient("softsign", new SoftsignOp(), (dy, x) => dy / Math.Pow(1 + Math.Abs(x), 2)).Select(Rounded),
        .. ActivationGradient(
            "softplus", new SoftplusOp(2, 1.5), (dy, x) => 2 * x > 1.5 ? dy : dy / (1 + Math.Exp(-2 * x)), Domain.AnyOther).Select(Rounded),
        .. LeftOf0(ActivationGradient("silu", new SiluOp(), SiluGradient, Domain.Any)),
        .. LeftOf0(ActivationGradient("mish", new MishOp(), MishGradient, Domain.Any)),
    ];

    private static IEnumerable<OpCase> ActivationGradient(
        string activation, IActivation op, Func<double, double, double> reference, Domain? domain = null) =>
        Binary(
            "ActivationGrad",
            (dy, x) => Op.Apply(new ActivationGradOp(op), dy, x),
            reference,
            Accepts.Floating,
            b: domain ?? Domain.AwayFrom0,
            prefix: $"{activation}, ")
            .Where(opCase => opCase.Branch[(activation.Length + 2)..] is "of one shape" or "both ways" or "large");

    private static double SiluGradient(double dy, double x)
    {
        double s = 1 / (1 + Math.Exp(-x));
        return dy * s * (1 + x * (1 - s));
    }

    private static double MishGradient(double dy, double x)
    {
        double t = Math.Tanh(Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x))));
        return dy * (t + x * (1 - t * t) / (1 + Math.Exp(-x)));
    }
}
