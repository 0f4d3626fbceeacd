using System.Globalization;
using System.Reflection;

namespace NeuralNet.Tests.Learning;

/// <summary>That every optional argument has the default of PyTorch, where it has that argument; a new one must be entered here.</summary>
public sealed class DefaultsTests
{
    private static readonly Dictionary<string, string> s_constructors = new()
    {
        // torch.nn
        ["Dense"] = "bias: True, activation: none, weightInitializer: none, biasInitializer: none, dtype: Float32, generator: none",
        ["Dropout"] = "probability: 0.5, generator: none",
        ["Flatten"] = "startAxis: 1, endAxis: -1",
        ["GELU"] = "approximate: None",
        ["Identity"] = "",
        ["LogSoftmax"] = "axis: -1",
        ["ReLU"] = "",
        ["Sequential"] = "",
        ["Sigmoid"] = "",
        ["Softmax"] = "axis: -1",
        ["Tanh"] = "",
        ["CELU"] = "alpha: 1",
        ["ELU"] = "alpha: 1",
        ["GLU"] = "axis: -1",
        ["HardShrink"] = "lambda: 0.5",
        ["HardSigmoid"] = "",
        ["HardSwish"] = "",
        ["HardTanh"] = "min: -1, max: 1",
        ["LeakyReLU"] = "slope: 0.01",
        ["LogSigmoid"] = "",
        ["Mish"] = "",
        ["PReLU"] = "count: 1, init: 0.25, dtype: Float32",
        ["ReLU6"] = "",
        ["SELU"] = "",
        ["SiLU"] = "",
        ["Softmin"] = "axis: -1",
        ["Softplus"] = "beta: 1, threshold: 20",
        ["SoftShrink"] = "lambda: 0.5",
        ["Softsign"] = "",
        ["TanhShrink"] = "",
        ["Threshold"] = "",
        // torch.nn, losses
        ["BinaryCrossEntropyWithLogits"] = "weight: none, positiveWeight: none, reduction: Mean",
        ["CrossEntropy"] = "weight: none, ignoreIndex: -100, labelSmoothing: 0, reduction: Mean",
        ["MeanAbsoluteError"] = "reduction: Mean",
        ["MeanSquaredError"] = "reduction: Mean",
        // torch.optim
        ["Adam"] = "learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1E-08, weightDecay: 0, amsgrad: False, maximize: False",
        ["Sgd"] = "learningRate: 0.001, momentum: 0, dampening: 0, weightDecay: 0, nesterov: False, maximize: False",
        // torch.utils.data
        ["DataLoader"] = "batchSize: 1, shuffle: False, dropLast: False, generator: none",
        ["TensorDataset"] = "",
    };

    private static readonly Dictionary<string, string> s_initializers = new()
    {
        // torch.nn.init
        ["Zeros"] = "",
        ["Ones"] = "",
        ["Constant"] = "",
        ["Distribution"] = "",
        ["Uniform"] = "low: 0, high: 1",
        ["Normal"] = "mean: 0, standardDeviation: 1",
        ["TruncatedNormal"] = "mean: 0, standardDeviation: 1, low: -2, high: 2",
        ["XavierUniform"] = "gain: 1",
        ["XavierNormal"] = "gain: 1",
        ["KaimingUniform"] = "a: 0, fan: In",
        ["KaimingNormal"] = "a: 0, fan: In",
        ["Orthogonal"] = "gain: 1",
    };

    [Fact]
    public void Constructors_OfLayersLossesOptimizersAndData_HaveTheDefaults()
    {
        Type[] bases = [typeof(Layer), typeof(Loss), typeof(Optimizer), typeof(DataLoader), typeof(Dataset)];
        Dictionary<string, string> actual = typeof(Layer).Assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && bases.Any(type.IsAssignableTo))
            .ToDictionary(type => type.Name, type => Describe(type.GetConstructors().Single()));
        actual.Should().BeEquivalentTo(s_constructors);
    }

    [Fact]
    public void Factories_OfInitializers_HaveTheDefaults() =>
        typeof(Initializer).GetMethods(BindingFlags.Public | BindingFlags.Static).ToDictionary(method => method.Name, Describe)
            .Should().BeEquivalentTo(s_initializers);

    private static string Describe(MethodBase method) => string.Join(
        ", ",
        method.GetParameters().Where(parameter => parameter.HasDefaultValue)
            .Select(parameter => $"{parameter.Name}: {Convert.ToString(parameter.DefaultValue ?? "none", CultureInfo.InvariantCulture)}"));
}
