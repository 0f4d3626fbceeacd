using NeuralNet.Testing;

namespace NeuralNet.Tests.Learning;

/// <summary>That layers, losses, optimizers and whole trainings give the numbers of libtorch, in double and in float.</summary>
public sealed class GoldenTests
{
    private static readonly DType[] s_dtypes = [DType.Float64, DType.Float32];
    private static readonly Lazy<GoldenFile> s_linear = new(() => GoldenFile.Open("linear"));
    private static readonly Lazy<GoldenFile> s_activations = new(() => GoldenFile.Open("activations"));
    private static readonly Lazy<GoldenFile> s_losses = new(() => GoldenFile.Open("losses"));
    private static readonly Lazy<GoldenFile> s_optimizers = new(() => GoldenFile.Open("optimizers"));
    private static readonly Lazy<GoldenFile> s_training = new(() => GoldenFile.Open("training"));

    public static TheoryData<string, DType> Linears => Pairs(s_linear.Value.Cases);

    public static TheoryData<string, DType> Activations => Pairs(s_activations.Value.Cases);

    public static TheoryData<string, DType> Optimizers => Pairs(OptimizerGolden.All.Select(golden => golden.Name));

    public static TheoryData<string, DType> Trainings => Pairs(s_training.Value.Cases);

    public static TheoryData<string, Reduction, DType> LossCases
    {
        get
        {
            TheoryData<string, Reduction, DType> data = [];
            foreach (LossGolden golden in LossGolden.All)
            {
                foreach (Reduction reduction in Enum.GetValues<Reduction>())
                {
                    foreach (DType dtype in s_dtypes)
                        data.Add(golden.Name, reduction, dtype);
                }
            }
            return data;
        }
    }

    [Fact]
    public void Files_AllOfThem_HoldTheCasesOfTheTables()
    {
        s_linear.Value.Cases.Should().HaveCount(4);
        s_activations.Value.Cases.Should().HaveCount(9);
        s_losses.Value.Cases.Should().BeEquivalentTo(LossGolden.All.Select(golden => golden.Name));
        s_optimizers.Value.Cases.Should().BeEquivalentTo([.. OptimizerGolden.All.Select(golden => golden.Name), "common"]);
        s_training.Value.Cases.Should().BeEquivalentTo("sgd", "adam");
    }

    [Theory]
    [MemberData(nameof(Linears))]
    public void Linear_OfGoldenInput_HasGoldenOutputAndGradients(string name, DType dtype)
    {
        GoldenFile golden = s_linear.Value;
        Tensor x = golden.Get($"{name}/input", dtype).RequireGrad();
        Tensor weight = golden.Get($"{name}/weight", dtype).RequireGrad();
        Tensor? bias = golden.Find($"{name}/bias", dtype)?.RequireGrad();

        Tensor y = x.Linear(weight, bias);
        y.Backward(golden.Get($"{name}/cotangent", dtype));

        Matches(golden, $"{name}/output", y);
        Matches(golden, $"{name}/input gradient", x.Grad!);
        Matches(golden, $"{name}/weight gradient", weight.Grad!);
        if (bias is not null)
            Matches(golden, $"{name}/bias gradient", bias.Grad!);
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Activation_OfGoldenInput_HasGoldenOutputAndGradient(string name, DType dtype)
    {
        GoldenFile golden = s_activations.Value;
        string[] words = name.Split(' ');
        Layer layer = words[0] switch
        {
            "relu" => new ReLU(),
            "tanh" => new Tanh(),
            "sigmoid" => new Sigmoid(),
            "softmax" => new Softmax(int.Parse(words[1])),
            _ => new LogSoftmax(int.Parse(words[1])),
        };
        Tensor x = golden.Get($"{name}/input", dtype).RequireGrad();

        Tensor y = layer.Forward(x);
        y.Backward(golden.Get($"{name}/cotangent", dtype));

        Matches(golden, $"{name}/output", y);
        Matches(golden, $"{name}/input gradient", x.Grad!);
    }

    [Theory]
    [MemberData(nameof(LossCases))]
    public void Loss_OfGoldenPrediction_HasGoldenValueAndGradient(string name, Reduction reduction, DType dtype)
    {
        GoldenFile golden = s_losses.Value;
        Tensor x = golden.Get($"{name}/prediction", dtype).RequireGrad();
        Tensor? weight = golden.Find($"{name}/weight", dtype);
        Tensor? positiveWeight = golden.Find($"{name}/positive weight", dtype);

        Tensor loss = LossOf(LossGolden.Named(name), reduction, weight, positiveWeight).Forward(x, golden.Get($"{name}/target", dtype));
        loss.Backward(golden.Get($"{name}/{reduction} cotangent", dtype));

        Matches(golden, $"{name}/{reduction}", loss);
        Matches(golden, $"{name}/{reduction} gradient", x.Grad!);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Step_WithGoldenGradients_FollowsTheGoldenTrajectory(string name, DType dtype)
    {
        GoldenFile golden = s_optimizers.Value;
        Parameter parameter = new(golden.Get("common/start", dtype));
        Tensor gradients = golden.Get("common/gradients", dtype);
        Optimizer optimizer = OptimizerOf(OptimizerGolden.Named(name), parameter);
        Tensor trajectory = Tensor.Zeros(gradients.Shape, dtype);
        for (int step = 0; step < OptimizerGolden.Steps; step++)
        {
            parameter.Grad = gradients[step].Clone();
            optimizer.Step();
            trajectory[step] = parameter.Value.Detach();
        }
        Matches(golden, $"{name}/trajectory", trajectory);
    }

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Training_FromGoldenWeights_HasGoldenLossesAndWeights(string name, DType dtype)
    {
        GoldenFile golden = s_training.Value;
        Sequential model = new(new Dense(4, 8, dtype: dtype), new ReLU(), new Dense(8, 8, dtype: dtype), new Tanh(), new Dense(8, 3, dtype: dtype));
        model.LoadStateDict(model.StateDict().Keys.ToDictionary(key => key, key => golden.Get($"{name}/start {key}", dtype)));
        Optimizer optimizer = name == "sgd"
            ? new Sgd(model.Parameters(), learningRate: 0.05, momentum: 0.9, weightDecay: 1e-3, nesterov: true)
            : new Adam(model.Parameters(), learningRate: 0.01);
        Tensor x = golden.Get($"{name}/x", dtype);
        Tensor y = golden.Get($"{name}/y", dtype);
        Tensor losses = Tensor.Zeros(golden.Get($"{name}/losses", dtype).Shape, dtype);
        for (int step = 0; step < losses.Length; step++)
        {
            optimizer.ZeroGrad();
            Tensor loss = new CrossEntropy().Forward(model.Forward(x), y);
            loss.Backward();
            optimizer.Step();
            losses[step] = loss.Detach();
        }
        Matches(golden, $"{name}/losses", losses);
        foreach ((string key, Tensor value) in model.StateDict())
            Matches(golden, $"{name}/end {key}", value);
    }

    private static Loss LossOf(LossGolden golden, Reduction reduction, Tensor? weight, Tensor? positiveWeight) => golden.Loss switch
    {
        LossKind.Binary => new BinaryCrossEntropyWithLogits(weight, positiveWeight, reduction),
        LossKind.Squared => new MeanSquaredError(reduction),
        LossKind.Absolute => new MeanAbsoluteError(reduction),
        _ => new CrossEntropy(weight, golden.IgnoreIndex ?? -100, golden.LabelSmoothing, reduction),
    };

    private static Optimizer OptimizerOf(OptimizerGolden golden, Parameter parameter) => golden.IsAdam
        ? new Adam(
            [parameter], OptimizerGolden.LearningRate, golden.Beta1, golden.Beta2, OptimizerGolden.Epsilon, golden.WeightDecay, golden.Amsgrad, golden.Maximize)
        : new Sgd([parameter], OptimizerGolden.LearningRate, golden.Momentum, golden.Dampening, golden.WeightDecay, golden.Nesterov, golden.Maximize);

    private static void Matches(GoldenFile golden, string name, Tensor actual) => golden.Difference(name, actual).Should().BeNull();

    private static TheoryData<string, DType> Pairs(IEnumerable<string> names)
    {
        TheoryData<string, DType> data = [];
        foreach (string name in names)
        {
            foreach (DType dtype in s_dtypes)
                data.Add(name, dtype);
        }
        return data;
    }
}
