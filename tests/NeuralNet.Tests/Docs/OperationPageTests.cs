using System.Reflection;
using System.Text.RegularExpressions;
using NeuralNet.Testing;

namespace NeuralNet.Tests;

/// <summary>The pages of docs/ops, and the tables for those who know PyTorch or NumPy, beside the library itself.</summary>
public sealed class OperationPageTests
{
    private static readonly string[] s_pages = [.. Directory.GetFiles(Repository.PathOf("docs", "ops"), "*.md").Select(File.ReadAllText)];

    public static TheoryData<string> Tables => ["from-pytorch.md", "from-numpy.md"];

    [Fact]
    public void Pages_NameEveryMethodOfTensor()
    {
        IEnumerable<string> methods = typeof(Tensor).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName && method.Name != nameof(ToString))
            .Select(method => method.Name)
            .Distinct();
        methods.Where(method => !s_pages.Any(page => Regex.IsMatch(page, $@"\b{method}\b"))).Should().BeEmpty("each stands in a page of docs/ops");
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Tables_NameWhatThereIs(string file)
    {
        HashSet<string> names =
        [
            .. new[] { typeof(Tensor).Assembly, typeof(Datasets.CsvFile).Assembly }
                .SelectMany(assembly => assembly.GetExportedTypes())
                .SelectMany(type => type.GetMembers().Select(member => member.Name).Append(type.Name.Split('`')[0])),
        ];
        IEnumerable<string> ours = File.ReadLines(Repository.PathOf("docs", file))
            .Where(line => line.StartsWith("| ") && !line.StartsWith("| PyTorch") && !line.StartsWith("| NumPy"))
            .SelectMany(line => Regex.Matches(line.Split(" | ", 2)[1], "`([^`]*)`").Select(match => match.Groups[1].Value))
            .SelectMany(code => Regex.Matches(Regex.Replace(code, "\"[^\"]*\"", ""), @"\b[A-Z]\w+").Select(match => match.Value));
        ours.Where(name => !names.Contains(name)).Distinct().Should().BeEmpty("the right column names what the library has");
    }
}
