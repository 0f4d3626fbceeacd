namespace NeuralNet.Tests.Learning;

/// <summary>That parameters, state and parts are found in ordinary fields of every kind, under the promised names.</summary>
public sealed class ModuleDiscoveryTests
{
    [Fact]
    public void NamedParameters_OfPrivateInheritedAndAutomatic_AreInOrderBaseClassFirst() =>
        Names(new Derived()).Should().Equal("base_scale", "hidden.weight", "hidden.bias", "output_weight", "shift", "last.weight");

    [Fact]
    public void NamedParameters_OfPrimaryConstructorCapture_HaveTheParametersName() =>
        Names(new Captured(new Dense(2, 3), Scalar())).Should().Equal("inner.weight", "inner.bias", "scale");

    [Fact]
    public void NamedParameters_OfCollections_HaveIndicesAndKeys() => Names(new Collections()).Should().Equal(
        "array.0.weight",
        "array.2.weight",
        "list.0.weight",
        "list.1",
        "mapped.left.weight",
        "mapped.right.weight",
        "nested.0.0.weight",
        "nested.1.0.weight",
        "anything.weight",
        "readonly_list.0.weight",
        "pair.0.weight",
        "pair.1.weight",
        "labelled.0.1.weight",
        "mixed.1.weight",
        "mixed_map.part.weight");

    [Fact]
    public void NamedParameters_OfAListWithoutICollection_HaveIndices() => Names(new OwnList()).Should().Equal("parts.0.weight", "parts.1.weight");

    [Fact]
    public void NamedParameters_OfASet_ThrowForWantOfAnOrder() =>
        FluentActions.Invoking(() => Names(new Unordered()).ToArray()).Should().Throw<InvalidOperationException>()
            .WithMessage("Unordered: 'parts' is a HashSet, which has no order for the names in the state. Use a list or a dictionary.");

    [Fact]
    public void Parameters_OfCollectionsOfOtherThings_AreNoneAndNothingIsEnumerated()
    {
        Bystander module = new();
        module.Parameters().Should().BeEmpty();
        module.StateDict().Should().BeEmpty();
        module.Lazily.IsEnumerated.Should().BeFalse();
    }

    [Fact]
    public void NamedParameters_OfTiedModule_CountOnceUnderTheFirstName()
    {
        Dense shared = new(4, 4);
        Sequential model = new(shared, new ReLU(), shared);
        Names(model).Should().Equal("0.weight", "0.bias");
        model.Parameters().Sum(parameter => parameter.Length).Should().Be(20);
        model.StateDict().Should().HaveCount(2);
    }

    [Fact]
    public void NamedParameters_OfTiedParameter_CountOnceUnderTheFirstName()
    {
        Tied model = new();
        Names(model).Should().Equal("encoder");
        model.Forward(Tensor.Ones(2, 3)).Sum().Backward();
        model.Encoder.Grad!.Shape.ToString().Should().Be("[3, 3]");
    }

    [Fact]
    public void NamedModules_OfCycle_Ends()
    {
        Node parent = new(null);
        Node child = new(parent);
        parent.Other = child;
        parent.NamedModules().Select(named => named.Name).Should().Equal("", "other");
        Names(parent).Should().Equal("weight", "other.weight");
    }

    [Fact]
    public void NamedParameters_WithStateName_UseIt() =>
        Names(new Renamed()).Should().Equal("gamma", "kernel.weight", "0.weight", "1.weight");

    [Theory]
    [InlineData(nameof(Named.Conv2D), "conv2d")]
    [InlineData(nameof(Named.RunningMean), "running_mean")]
    [InlineData(nameof(Named.Layer2Norm), "layer2_norm")]
    [InlineData(nameof(Named.Conv2DBias), "conv2d_bias")]
    [InlineData(nameof(Named.LSTMCell), "lstm_cell")]
    [InlineData(nameof(Named.A), "a")]
    public void NamedParameters_OfProperty_AreInSnakeCase(string property, string expected)
    {
        Named module = new();
        Parameter parameter = (Parameter)typeof(Named).GetProperty(property)!.GetValue(module)!;
        module.NamedParameters().Single(named => ReferenceEquals(named.Parameter, parameter)).Name.Should().Be(expected);
    }

    [Fact]
    public void Parameters_OfFieldsWithOneName_Throw()
    {
        Action act = () => _ = new Colliding().Parameters().ToList();
        act.Should().Throw<InvalidOperationException>()
            .WithMessage("Colliding: the fields _weight and <Weight>k__BackingField have one name in the state, 'weight'. *[StateName]*");
    }

    [Fact]
    public void Parameters_OfCollectionsWithOneName_Throw()
    {
        Action act = () => _ = new CollidingContents().Parameters().ToList();
        act.Should().Throw<InvalidOperationException>()
            .WithMessage("CollidingContents: two tensors have one name in the state, '0.weight'. *[StateName]*");
    }

    [Fact]
    public void StateDict_WithStateTensors_HoldsThemBesideParameters()
    {
        WithState module = new();
        Names(module).Should().Equal("weight");
        module.StateDict().Keys.Should().Equal("weight", "running_mean");
    }

    [Fact]
    public void Train_OfNested_ReachesEveryPart()
    {
        Collections module = new();
        module.Eval();
        module.NamedModules().Should().HaveCountGreaterThan(5).And.OnlyContain(named => !named.Module.IsTraining);
        module.Train();
        module.NamedModules().Should().OnlyContain(named => named.Module.IsTraining);
    }

    private static IEnumerable<string> Names(Module module) => module.NamedParameters().Select(named => named.Name);

    private static Parameter Scalar() => new(Tensor.FromScalar(1f));

    private static Dense Small() => new(1, 1, bias: false);

    private abstract class Pass : Layer
    {
        protected override Tensor Compute(Tensor x) => x;
    }

    private abstract class Base : Pass
    {
        private readonly Parameter _baseScale = Scalar();
        private readonly Dense _hidden = new(2, 2);

        public (Parameter, Dense) Own => (_baseScale, _hidden);
    }

    private sealed class Derived : Base
    {
        private readonly Parameter _outputWeight = Scalar();

        public Parameter Shift { get; } = Scalar();

        public Dense Last { get; } = Small();

        public Dense? Missing { get; }

        public Parameter Weight => _outputWeight;
    }

    private sealed class Captured(Dense inner, Parameter scale) : Layer
    {
        protected override Tensor Compute(Tensor x) => inner.Forward(x) * scale;
    }

    private sealed class Collections : Pass
    {
        public readonly Dense?[] Array = [Small(), null, Small()];
        public readonly List<object> List = [Small(), Scalar()];
        public readonly Dictionary<string, Layer> Mapped = new() { ["left"] = Small(), ["right"] = Small() };
        public readonly List<Layer[]> Nested = [[Small()], [Small()]];
        public readonly object Anything = Small();
        public readonly IReadOnlyList<Layer> ReadonlyList = [Small()];
        public readonly (Dense Query, Dense Key) Pair = (Small(), Small());
        public readonly List<(string Label, Layer Part)> Labelled = [("a", Small())];
        public readonly List<object> Mixed = [1, Small()];
        public readonly Dictionary<string, object> MixedMap = new() { ["size"] = 2, ["part"] = Small() };
    }

    private sealed class OwnList : Pass
    {
        public readonly Pieces Parts = new();
    }

    private sealed class Unordered : Pass
    {
        public readonly HashSet<Layer> Parts = [Small()];
    }

    private sealed class Pieces : IReadOnlyList<Layer>
    {
        private readonly Layer[] _pieces = [Small(), Small()];

        public int Count => _pieces.Length;

        public Layer this[int index] => _pieces[index];

        public IEnumerator<Layer> GetEnumerator() => ((IEnumerable<Layer>)_pieces).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Bystander : Pass
    {
        public readonly float[] Numbers = [1, 2];
        public readonly List<string> Texts = ["a", "b"];
        public readonly Dictionary<string, int> Vocabulary = new() { ["a"] = 1 };
        public readonly object Boxed = new[] { 1, 2 };
        public readonly (int Count, string Name) Pair = (1, "a");
        public readonly HashSet<string> Words = ["a"];
        public readonly string Text = "abc";
        public readonly Tensor Tensor = Tensor.Zeros(2);
        public readonly Watched Lazily = new();
        public readonly IEnumerable<Layer> Sequence;

        public Bystander() => Sequence = Lazily;
    }

    private sealed class Watched : IEnumerable<Layer>
    {
        public bool IsEnumerated { get; private set; }

        public IEnumerator<Layer> GetEnumerator()
        {
            IsEnumerated = true;
            yield break;
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Tied : Layer
    {
        public Tied()
        {
            Encoder = new(Tensor.Ones(3, 3));
            Decoder = Encoder;
        }

        public Parameter Encoder { get; }

        public Parameter Decoder { get; }

        protected override Tensor Compute(Tensor x) => x.Linear(Encoder).Linear(Decoder);
    }

    private sealed class Node(Node? other) : Pass
    {
        public Parameter Weight { get; } = Scalar();

        public Node? Other { get; set; } = other;
    }

    private sealed class Renamed : Pass
    {
        [StateName("gamma")]
        public readonly Parameter Scale = Scalar();

        [field: StateName("kernel")]
        public Dense Weighting { get; } = Small();

        [StateName("")]
        public readonly Layer[] Parts = [Small(), Small()];
    }

    private sealed class Named : Pass
    {
        public Parameter Conv2D { get; } = Scalar();

        public Parameter RunningMean { get; } = Scalar();

        public Parameter Layer2Norm { get; } = Scalar();

        public Parameter Conv2DBias { get; } = Scalar();

        public Parameter LSTMCell { get; } = Scalar();

        public Parameter A { get; } = Scalar();
    }

    private sealed class Colliding : Pass
    {
        public readonly Parameter _weight = Scalar();

        public Parameter Weight { get; } = Scalar();
    }

    private sealed class CollidingContents : Pass
    {
        [StateName("")]
        public readonly Layer[] First = [Small()];

        [StateName("")]
        public readonly Layer[] Second = [Small()];
    }

    private sealed class WithState : Pass
    {
        public readonly Parameter Weight = Scalar();
        public readonly StateTensor RunningMean = new(Tensor.Zeros(3));
    }
}
