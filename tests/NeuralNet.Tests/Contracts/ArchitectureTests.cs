using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NeuralNet.Backends;
using NeuralNet.Testing;

namespace NeuralNet.Tests.Contracts;

/// <summary>The walls between the parts of the library, and the rules for files, checked on the sources and by reflection.</summary>
public sealed partial class ArchitectureTests
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private const int LongestFile = 400;
    private const int LargestInterface = 10;

    private static readonly string[] s_training = ["Layers", "Losses", "Metrics", "Data", "Optimizers", "Initializers", "Serialization"];

    private static readonly Type[] s_types = typeof(Tensor).Assembly.GetTypes();

    private static readonly Type[] s_roles = [.. s_types.Where(type => type.IsInterface && type.Name.EndsWith("Kernels"))];

    private static readonly Type[] s_ops = [.. s_types.Where(type => type.IsSubclassOf(typeof(Op)) && !type.IsAbstract && !type.IsNested)];

    public static TheoryData<string> Roles => [.. s_roles.Select(role => role.Name)];

    public static TheoryData<string> Ops => [.. s_ops.Select(op => op.Name)];

    [Fact]
    public void Ops_Sources_MentionNoConcreteBackend() =>
        Mentions(Repository.Sources("src", "NeuralNet", "Ops"), @"\b(Cpu|Gpu)\w*\b|\bNativeStorage\b|\bArrayStorage\b").Should().BeEmpty();

    [Fact]
    public void Ops_Sources_TouchNoElements() =>
        Mentions(Repository.Sources("src", "NeuralNet", "Ops"), @"\bunsafe\b|\bfixed\b|\bstackalloc\b(?! long\[[\w.]*[rR]ank\])|\bHostSpan\b").Should().BeEmpty();

    [Fact]
    public void Backends_Sources_DoNotKnowTensors() =>
        Mentions(Repository.Sources("src", "NeuralNet", "Backends"), @"\bTensor\b|\bGraphNode\b|\bOp\b").Should().BeEmpty();

    [Fact]
    public void Backends_Signatures_DoNotKnowTensors() =>
        s_types.Where(type => type.Namespace?.StartsWith(typeof(IComputeBackend).Namespace!) == true)
            .SelectMany(type => type.GetMembers(Everything).SelectMany(TypesOf).Select(used => $"{type.Name} uses {used.Name}"))
            .Where(use => use.EndsWith(" Tensor") || use.EndsWith(" GraphNode") || use.EndsWith(" Op"))
            .Should().BeEmpty();

    [Fact]
    public void Training_Sources_SeeNoKernels() =>
        Mentions(
            [.. s_training.SelectMany(folder => Repository.Sources("src", "NeuralNet", folder))],
            @"\bOp\.Apply\b|\bnew \w+Op\b|\bIComputeBackend\b|\.Backend\b|NeuralNet\.Backends\b|\bView<").Should().BeEmpty();

    [Fact]
    public void Core_Sources_DoNotKnowTheOtherProjects() =>
        Mentions(Repository.Sources("src", "NeuralNet"), @"\bNeuralNet\.(Gpu|Datasets)\b|\bILGPU\.").Should().BeEmpty();

    [Fact]
    public void Gpu_Sources_SeeBackendsOnly() =>
        Mentions(Repository.Sources("src", "NeuralNet.Gpu"), @"\bOp\.Apply\b|\bBackends\.Cpu\b|\bGraphNode\b").Should().BeEmpty();

    [Fact]
    public void Classes_OfTheCore_AreSealedOrAbstract() =>
        s_types.Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract && !type.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Select(type => type.FullName).Should().BeEmpty();

    [Fact]
    public void Classes_InAllSources_AreSealedOrAbstract() =>
        Lines(Repository.Sources("src"))
            .Where(line => ClassDeclaration().IsMatch(line.Text) && !ClosedClass().IsMatch(line.Text))
            .Select(line => line.ToString()).Should().BeEmpty();

    [Fact]
    public void Roles_ButTheOptionalOne_BelongToEveryBackend() =>
        s_roles.Where(role => !role.IsAssignableFrom(typeof(IComputeBackend))).Select(role => role.Name)
            .Except(["IFusedKernels"]).Should().BeEmpty("the compiler asks a backend for the members of these alone");

    [Theory]
    [MemberData(nameof(Roles))]
    public void Role_Interface_IsSmall(string role) => Role(role).GetMethods().Should().HaveCountLessThanOrEqualTo(LargestInterface);

    [Theory]
    [MemberData(nameof(Roles))]
    public void Role_Interface_HasAFileOfItsMembersInEachBackend(string role)
    {
        string[] folders = [Repository.PathOf("src", "NeuralNet", "Backends", "Cpu"), Repository.PathOf("src", "NeuralNet.Gpu")];
        foreach (string folder in folders.Where((folder, i) => i == 0 || Directory.EnumerateFiles(folder, "*Kernels.cs").Any()))
        {
            string file = Path.Combine(folder, $"{role[1..]}.cs");
            File.Exists(file).Should().BeTrue($"{role} is implemented in {file}");
            string text = File.ReadAllText(file);
            foreach (string member in Role(role).GetMembers().Select(member => member.Name.Replace("get_", "")).Distinct())
                Regex.IsMatch(text, $@"\bpublic [^;={{]*\b{member}\b").Should().BeTrue($"{member} of {role} stands in {file}");
        }
    }

    [Theory]
    [MemberData(nameof(Ops))]
    public void Operation_Type_StandsInAFileOfItsNameOrOfTheOneWhoseGradientItIs(string op)
    {
        string[] folders = ["Ops", "Autograd"];
        string file = folders.SelectMany(folder => Repository.Sources("src", "NeuralNet", folder))
            .Single(source => Contains(source, $@"\bclass {op}\b"));
        // Among the operations a file has the name without its ending, among the families with it.
        string name = Path.GetFileNameWithoutExtension(file);
        string owner = name.EndsWith("Op", StringComparison.Ordinal) ? name : $"{name}Op";
        if (op == owner)
            Contains(file, @"partial class Tensor\b[\s\S]*\bpublic ").Should().BeTrue($"{file} holds the public method of {op}");
        else
            Contains(file, $@"\bclass {owner}\b[\s\S]*\bnew {op}\(").Should().BeTrue($"{op} stands in {file} as a gradient of {owner}");
    }

    [Fact]
    public void Sources_Everywhere_AreFinished() =>
        Mentions(Repository.Sources("src"), @"\bNotImplementedException\b|\bTODO\b|\bFIXME\b", withComments: true).Should().BeEmpty();

    [Fact]
    public void Sources_Everywhere_AreShort() =>
        Repository.Sources("src").Concat(Repository.Sources("tests")).Concat(Repository.Sources("samples"))
            .Where(file => File.ReadLines(file).Count() > LongestFile).Should().BeEmpty();

    [Fact]
    public void Reflection_InTheCore_IsForModuleDiscoveryAlone()
    {
        string[] files = [.. Repository.Sources("src", "NeuralNet").Where(file => Contains(file, @"using System\.Reflection;"))];
        files.Should().HaveCountLessThanOrEqualTo(1);
        files.Should().BeSubsetOf(Repository.Sources("src", "NeuralNet", "Layers"));
    }

    [GeneratedRegex(@"^\s*(?:\w+\s+)*(class|record(?!\s+struct))\s+[A-Z]\w*")]
    private static partial Regex ClassDeclaration();

    [GeneratedRegex(@"\b(sealed|abstract|static)\b")]
    private static partial Regex ClosedClass();

    private static Type Role(string name) => s_roles.Single(role => role.Name == name);

    /// <summary>The lines that match a pattern.</summary>
    private static string[] Mentions(IReadOnlyList<string> files, string pattern, bool withComments = false) =>
    [
        .. Lines(files)
            .Where(line => Regex.IsMatch(withComments ? line.Text : WithoutComment(line.Text), pattern))
            .Select(line => line.ToString()),
    ];

    private static bool Contains(string file, string pattern) => Regex.IsMatch(File.ReadAllText(file), pattern);

    private static IEnumerable<SourceLine> Lines(IReadOnlyList<string> files) =>
        from file in files
        from line in File.ReadLines(file).Select((text, i) => new SourceLine(Path.GetRelativePath(Repository.Root, file), i + 1, text))
        select line;

    private static string WithoutComment(string line)
    {
        int start = line.IndexOf("//", StringComparison.Ordinal);
        return start < 0 ? line : line[..start];
    }

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        MethodInfo method => [.. method.GetParameters().Select(parameter => Element(parameter.ParameterType)), Element(method.ReturnType)],
        ConstructorInfo constructor => constructor.GetParameters().Select(parameter => Element(parameter.ParameterType)),
        FieldInfo field => [Element(field.FieldType)],
        PropertyInfo property => [Element(property.PropertyType)],
        _ => [],
    };

    private static Type Element(Type type) => type.HasElementType ? Element(type.GetElementType()!) : type;

    private sealed record SourceLine(string File, int Number, string Text)
    {
        public override string ToString() => $"{File}:{Number}: {Text.Trim()}";
    }
}
