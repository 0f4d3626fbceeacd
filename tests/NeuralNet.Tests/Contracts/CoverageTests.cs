using NeuralNet.Testing;

namespace NeuralNet.Tests.Contracts;

/// <summary>That no operation is forgotten: <c>ops.txt</c>, the types of operations, and the cases name the same ones.</summary>
public sealed class CoverageTests
{
    private static readonly Type[] s_types =
    [
        .. typeof(Op).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Op)) && !type.IsAbstract && type != typeof(CustomOp.Node)),
    ];

    private static readonly string[] s_listed = File.ReadAllLines(Repository.PathOf("tests", "NeuralNet.Testing", "ops.txt"));

    public static TheoryData<string> Listed => [.. s_listed];

    public static TheoryData<string> Cases => [.. OpCases.All.Select(opCase => opCase.Name)];

    [Fact]
    public void OpsFile_IsSortedAndNamesAllTypes() =>
        s_listed.Should().Equal(s_types.Select(OpNames.Of).Order(StringComparer.Ordinal));

    [Fact]
    public void Types_OfOperations_EndInOp() => s_types.Should().OnlyContain(type => type.Name.EndsWith("Op"));

    [Theory]
    [MemberData(nameof(Listed))]
    public void Operation_Listed_HasASmallAndALargeCaseThatRunIt(string op)
    {
        OpCase[] cases = [.. OpCases.All.Where(opCase => opCase.Op == op)];
        cases.Should().Contain(opCase => !opCase.IsLarge, "central differences need small shapes")
            .And.Contain(opCase => opCase.IsLarge, "several threads and pooled memory need large shapes");
    }

    /// <summary>The graph shows what ran; an operation without one is known by the name in its errors, which <see cref="OpContract"/> reads.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Case_WhenRun_RunsTheOperationItNames(string name)
    {
        OpCase opCase = OpCases.Named(name);
        HashSet<GraphNode> nodes = Graph(opCase);
        if (opCase.IsDifferentiable)
            nodes.OfType<Op>().Select(node => node.Name).Should().Contain(opCase.Op);
        else
            nodes.Should().BeEmpty();
    }

    [Fact]
    public void Cases_WithoutAGradient_AreOfConstantOperationsOnly() =>
        OpCases.All.Where(opCase => !opCase.IsDifferentiable).Select(opCase => opCase.Op).Distinct().Except(["All", "Any", "ArgMax", "ArgMin", "Cast"])
            .Should().BeEquivalentTo(s_types.Where(type => type.IsSubclassOf(typeof(ConstantOp))).Select(OpNames.Of));

    [Fact]
    public void Cases_AllOfThem_HaveNamesOfTheirOwn() => OpCases.All.Select(opCase => opCase.Name).Should().OnlyHaveUniqueItems();

    /// <summary>What is recorded where every floating-point input requires a gradient.</summary>
    private static HashSet<GraphNode> Graph(OpCase opCase)
    {
        Device device = opCase.RunsOnMeta ? Device.Meta : Device.Cpu;
        Tensor[] inputs = [.. opCase.Operands.Select(operand => Tensor.Zeros(operand.Shape, operand.DType ?? DType.Float32, device))];
        foreach (Tensor input in inputs.Where(CaseRunner.IsFloatingPoint))
            input.RequiresGrad = true;
        HashSet<GraphNode> nodes = [];
        opCase.Function(inputs).Node?.AddReachable(nodes);
        return nodes;
    }
}
