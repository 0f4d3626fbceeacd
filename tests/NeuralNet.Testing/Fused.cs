namespace NeuralNet.Testing;

/// <summary>An activation that products apply to their results, beside its definition.</summary>
internal sealed record Fused(string Name, IResultActivation Function, Func<double, double> Reference)
{
    public static Fused Relu { get; } = new("relu", ReluOp.OfResult, x => Math.Max(0, x));

    public static Fused Tanh { get; } = new("tanh", TanhOp.OfResult, Math.Tanh);

    public static Fused Sigmoid { get; } = new("sigmoid", SigmoidOp.OfResult, x => 1 / (1 + Math.Exp(-x)));
}
