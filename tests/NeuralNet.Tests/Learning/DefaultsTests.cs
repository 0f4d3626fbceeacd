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
        ["Conv1D"] = "stride: none, padding: none, dilation: none, groups: 1, bias: True, paddingMode: Constant, activation: none, weightInitializer: none, biasInitializer: none, dtype: Float32, generator: none",
        ["ConvTranspose1D"] = "stride: none, padding: none, outputPadding: none, groups: 1, bias: True, dilation: none, activation: none, weightInitializer: none, biasInitializer: none, dtype: Float32, generator: none",
        ["MaxPool1D"] = "stride: none, padding: none, dilation: none, ceilMode: False",
        ["MinPool1D"] = "stride: none, padding: none, dilation: none, ceilMode: False",
        ["AvgPool1D"] = "stride: none, padding: none, ceilMode: False, countIncludePad: True, divisorOverride: 0",
        ["LPPool1D"] = "stride: none, ceilMode: False",
        ["AdaptiveMaxPool1D"] = "",
        ["AdaptiveAvgPool1D"] = "",
        ["GlobalAvgPool1D"] = "",
        ["GlobalMaxPool1D"] = "",
        ["BatchNorm1D"] = "eps: 1E-05, momentum: 0.1, affine: True, trackRunningStats: True, dtype: Float32",
        ["InstanceNorm1D"] = "eps: 1E-05, momentum: 0.1, affine: False, trackRunningStats: False, dtype: Float32",
        ["Conv2D"] = "stride: none, padding: none, dilation: none, groups: 1, bias: True, paddingMode: Constant, activation: none, weightInitializer: none, biasInitializer: none, dtype: Float32, generator: none",
        ["ConvTranspose2D"] = "stride: none, padding: none, outputPadding: none, groups: 1, bias: True, dilation: none, activation: none, weightInitializer: none, biasInitializer: none, dtype: Float32, generator: none",
        ["MaxPool2D"] = "stride: none, padding: none, dilation: none, ceilMode: False",
        ["MinPool2D"] = "stride: none, padding: none, dilation: none, ceilMode: False",
        ["AvgPool2D"] = "stride: none, padding: none, ceilMode: False, countIncludePad: True, divisorOverride: 0",
        ["LPPool2D"] = "stride: none, ceilMode: False",
        ["AdaptiveMaxPool2D"] = "",
        ["AdaptiveAvgPool2D"] = "",
        ["GlobalAvgPool2D"] = "",
        ["GlobalMaxPool2D"] = "",
        ["BatchNorm2D"] = "eps: 1E-05, momentum: 0.1, affine: True, trackRunningStats: True, dtype: Float32",
        ["InstanceNorm2D"] = "eps: 1E-05, momentum: 0.1, affine: False, trackRunningStats: False, dtype: Float32",
        ["Conv3D"] = "stride: none, padding: none, dilation: none, groups: 1, bias: True, paddingMode: Constant, activation: none, weightInitializer: none, biasInitializer: none, dtype: Float32, generator: none",
        ["ConvTranspose3D"] = "stride: none, padding: none, outputPadding: none, groups: 1, bias: True, dilation: none, activation: none, weightInitializer: none, biasInitializer: none, dtype: Float32, generator: none",
        ["MaxPool3D"] = "stride: none, padding: none, dilation: none, ceilMode: False",
        ["MinPool3D"] = "stride: none, padding: none, dilation: none, ceilMode: False",
        ["AvgPool3D"] = "stride: none, padding: none, ceilMode: False, countIncludePad: True, divisorOverride: 0",
        ["LPPool3D"] = "stride: none, ceilMode: False",
        ["AdaptiveMaxPool3D"] = "",
        ["AdaptiveAvgPool3D"] = "",
        ["GlobalAvgPool3D"] = "",
        ["GlobalMaxPool3D"] = "",
        ["BatchNorm3D"] = "eps: 1E-05, momentum: 0.1, affine: True, trackRunningStats: True, dtype: Float32",
        ["InstanceNorm3D"] = "eps: 1E-05, momentum: 0.1, affine: False, trackRunningStats: False, dtype: Float32",
        ["GroupNorm"] = "eps: 1E-05, affine: True, dtype: Float32",
        ["LayerNorm"] = "eps: 1E-05, elementwiseAffine: True, bias: True, dtype: Float32",
        ["RMSNorm"] = "eps: none, elementwiseAffine: True, dtype: Float32",
        ["LocalResponseNorm"] = "alpha: 0.0001, beta: 0.75, k: 1",
        ["Upsample"] = "size: none, scaleFactor: 0, mode: Nearest, alignCorners: False",
        ["PixelShuffle"] = "",
        ["PixelUnshuffle"] = "",
        ["Unflatten"] = "",
        ["ZeroPad1D"] = "",
        ["ZeroPad2D"] = "",
        ["ZeroPad3D"] = "",
        ["ReflectionPad1D"] = "",
        ["ReflectionPad2D"] = "",
        ["ReflectionPad3D"] = "",
        ["ReplicationPad1D"] = "",
        ["ReplicationPad2D"] = "",
        ["ReplicationPad3D"] = "",
        ["CircularPad1D"] = "",
        ["CircularPad2D"] = "",
        ["CircularPad3D"] = "",
        ["ConstantPad1D"] = "",
        ["ConstantPad2D"] = "",
        ["ConstantPad3D"] = "",
        ["Residual"] = "shortcut: none, activation: none",
        ["ParallelLayers"] = "",
        ["Concat"] = "",
        // torch.nn, losses
        ["BinaryCrossEntropyWithLogits"] = "weight: none, positiveWeight: none, reduction: Mean",
        ["CrossEntropy"] = "weight: none, ignoreIndex: -100, labelSmoothing: 0, reduction: Mean",
        ["MeanAbsoluteError"] = "reduction: Mean",
        ["MeanSquaredError"] = "reduction: Mean",
        // torch.optim
        ["Adam"] = "learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1E-08, weightDecay: 0, amsgrad: False, maximize: False",
        ["Sgd"] = "learningRate: 0.001, momentum: 0, dampening: 0, weightDecay: 0, nesterov: False, maximize: False",
        // torch.utils.data
        ["DataLoader"] = "batchSize: 1, shuffle: False, dropLast: False, generator: none, device: none",
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
