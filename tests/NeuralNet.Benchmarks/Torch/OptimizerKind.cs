using TorchSharp;
using TorchParameter = TorchSharp.Modules.Parameter;

namespace NeuralNet.Benchmarks.Torch;

/// <summary>The same optimizer on both sides.</summary>
/// <param name="Name">The name in the names of cases.</param>
/// <param name="VerifiedRate">A rate that changes the losses in a few steps and enlarges differences of rounding little.</param>
/// <param name="Ours">Makes ours for parameters and a learning rate.</param>
/// <param name="Theirs">Makes libtorch's.</param>
internal sealed record OptimizerKind(
    string Name,
    double VerifiedRate,
    Func<IEnumerable<Parameter>, double, Optimizer> Ours,
    Func<IEnumerable<TorchParameter>, double, torch.optim.Optimizer> Theirs)
{
    /// <summary>Gets gradient descent without momentum: the cheapest step there is on both sides.</summary>
    public static OptimizerKind Sgd { get; } = Descent(momentum: 0);

    /// <summary>Gets gradient descent with momentum.</summary>
    public static OptimizerKind SgdWithMomentum { get; } = Descent(momentum: 0.9);

    public static OptimizerKind Adam { get; } = new(
        "adam",
        1e-3,
        (parameters, rate) => new Adam(
            parameters, learningRate: rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, amsgrad: false, maximize: false),
        (parameters, rate) => torch.optim.Adam(
            parameters, lr: rate, beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0, amsgrad: false, maximize: false));

    private static OptimizerKind Descent(double momentum) => new(
        "sgd",
        0.05,
        (parameters, rate) => new Sgd(
            parameters, learningRate: rate, momentum: momentum, dampening: 0, weightDecay: 0, nesterov: false, maximize: false),
        (parameters, rate) => torch.optim.SGD(
            parameters, learningRate: rate, momentum: momentum, dampening: 0, weight_decay: 0, nesterov: false, maximize: false));
}
