using NeuralNet.Testing;

namespace NeuralNet.Tests.Contracts;

/// <summary>That operations give the numbers of libtorch: values and gradients, in double and in float, of inputs of several layouts.</summary>
public sealed class OpGoldenTests
{
    /// <summary>Operations that stand alone in no public method, or have no counterpart in libtorch, and why.</summary>
    private static readonly Dictionary<string, string> s_without = new()
    {
        ["ActivationGrad"] = "the gradients of activations",
        ["AveragePoolGrad"] = "the gradient of AveragePool",
        ["BinaryCrossEntropyWithLogitsGrad"] = "the gradient of BinaryCrossEntropyWithLogits",
        ["Cast"] = "its values are .NET's conversions",
        ["Checkpoint"] = "gives what its function gives",
        ["ConvolutionInputGrad"] = "the gradient of Convolution, and ConvolutionTranspose",
        ["ConvolutionWeightGrad"] = "the gradient of Convolution",
        ["Copy"] = "Contiguous and Clone change no number",
        ["CrossEntropyGrad"] = "the gradient of CrossEntropy",
        ["Dropout"] = "draws its mask",
        ["Embed"] = "the gradient of Slice",
        ["GeluGrad"] = "the gradient of Gelu",
        ["LogSoftmaxGrad"] = "the gradient of LogSoftmax",
        ["MaxPoolGrad"] = "the gradient of MaxPool",
        ["MeanSquaredErrorGrad"] = "the gradient of MeanSquaredError",
        ["NormalizationGrad"] = "the gradient of Normalization",
        ["NormalizationMoments"] = "a part of Normalization",
        ["NormalizationSums"] = "a part of the gradient of Normalization",
        ["ReluGrad"] = "the gradient of Relu",
        ["ScatterMax"] = "TorchSharp has no scatter_reduce",
        ["SigmoidGrad"] = "the gradient of Sigmoid",
        ["SoftmaxGrad"] = "the gradient of Softmax",
        ["TanhGrad"] = "the gradient of Tanh",
        ["TieAxes"] = "the part of Einsum for repeated indices",
        ["TieAxesGrad"] = "its gradient",
        ["To"] = "moves between devices",
    };

    private static readonly Lazy<GoldenFile> s_file = new(() => GoldenFile.Open("operations"));

    public static TheoryData<string> Names => [.. OpGoldens.All.Select(golden => golden.Name)];

    [Fact]
    public void File_HoldsTheCasesOfTheTable() => s_file.Value.Cases.Should().BeEquivalentTo(OpGoldens.All.Select(golden => golden.Name));

    [Fact]
    public void Table_HasEveryOperation()
    {
        string[] ops = File.ReadAllLines(Repository.PathOf("tests", "NeuralNet.Testing", "ops.txt"));
        ops.Except(OpGoldens.All.Select(golden => golden.Op)).Should().BeEquivalentTo(s_without.Keys);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Operation_OfGoldenInput_HasGoldenOutputAndGradients(string name)
    {
        OpGolden golden = OpGoldens.Named(name);
        RefArray[] values = golden.Draw();
        foreach (DType dtype in (DType[])[DType.Float64, DType.Float32])
        {
            foreach (Arrangement arrangement in (Arrangement[])[Arrangement.Contiguous, Arrangement.Transposed, Arrangement.Sliced])
            {
                Tensor[] inputs = [.. golden.Operands.Select((operand, i) =>
                    Arrangements.Create(values[i], operand.DType ?? dtype, Device.Cpu, arrangement).Detach())];
                Tensor[] targets = golden.IsDifferentiable ? [.. inputs.Where(CaseRunner.IsFloatingPoint).Select(x => x.RequireGrad())] : [];
                Tensor y = golden.Function(inputs);
                Difference("output", y).Should().BeNull($"{arrangement} inputs of {dtype} give libtorch's value");
                if (targets is [])
                    continue;
                Tensor[] gradients = Gradients.Of(y, targets, CaseRunner.Weights(y));
                for (int i = 0; i < gradients.Length; i++)
                    Difference($"gradient {i}", gradients[i], golden.HasFloatConstants ? DType.Float32 : null).Should().BeNull($"{arrangement} inputs of {dtype} give libtorch's gradient");
            }
        }

        string? Difference(string part, Tensor actual, DType? accuracy = null) =>
            s_file.Value.Difference($"{name}/{part}", actual.DType is DType.Float32 or DType.Float64 ? actual : actual.Cast(DType.Float64), accuracy);
    }
}
