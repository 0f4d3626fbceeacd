using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NeuralNet.Testing;

namespace NeuralNet.Tests;

/// <summary>Every block marked <c>csharp</c> in README and docs is a program of its own: it compiles, and runs without an exception.</summary>
public sealed class SnippetTests
{
    private const string Fence = "```csharp";

    private const string GlobalUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Threading; global using System.Threading.Tasks; global using NeuralNet;";

    private static readonly Lazy<MetadataReference[]> s_references = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetExtension(path) == ".dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    public static TheoryData<string, int> Snippets()
    {
        TheoryData<string, int> snippets = [];
        foreach (string file in Documents())
        {
            for (int i = 0; i < Blocks(file).Count; i++)
                snippets.Add(Path.GetRelativePath(Repository.Root, file), i);
        }
        return snippets;
    }

    [Fact]
    public void Readme_HasASnippetOfAtMostTwentyFiveLines()
    {
        string snippet = Blocks(Path.Combine(Repository.Root, "README.md")).Should().ContainSingle().Subject;
        snippet.Split('\n').Length.Should().BeInRange(10, 25);
    }

    [Theory]
    [MemberData(nameof(Snippets))]
    public void Snippet_CompilesAndRuns(string file, int index)
    {
        string code = Blocks(Path.Combine(Repository.Root, file))[index];
        CSharpCompilation compilation = CSharpCompilation.Create(
            $"Snippet{index}",
            [Parse(TypesLast(code)), Parse(GlobalUsings)],
            s_references.Value,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream assembly = new();
        IEnumerable<Diagnostic> errors = compilation.Emit(assembly).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        errors.Should().BeEmpty($"block {index} of {file} is a program");

        MethodInfo main = Assembly.Load(assembly.ToArray()).EntryPoint!;
        Action run = () => RunSilently(main);
        run.Should().NotThrow($"block {index} of {file} runs");
    }

    private static void RunSilently(MethodInfo main)
    {
        // The generator of this flow alone, whatever the snippet assigns.
        using (RandomGenerator.Use(new RandomGenerator(1)))
        {
            object? result = main.Invoke(null, main.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
            (result as Task)?.GetAwaiter().GetResult();
        }
    }

    private static SyntaxTree Parse(string code) => CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Preview));

    /// <summary>Documents may declare a type before they use it; a program has its statements first.</summary>
    private static string TypesLast(string code)
    {
        CompilationUnitSyntax unit = (CompilationUnitSyntax)Parse(code).GetRoot();
        IEnumerable<MemberDeclarationSyntax> ordered = unit.Members.OrderBy(member => member is GlobalStatementSyntax ? 0 : 1);
        return unit.WithMembers(SyntaxFactory.List(ordered)).ToFullString();
    }

    private static IEnumerable<string> Documents() =>
        Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(Repository.Root, "README.md")).Order(StringComparer.Ordinal);

    private static List<string> Blocks(string file)
    {
        List<string> blocks = [];
        List<string>? block = null;
        foreach (string line in File.ReadLines(file))
        {
            if (block is null && line.Trim() == Fence)
            {
                block = [];
            }
            else if (block is not null && line.Trim() == "```")
            {
                blocks.Add(string.Join('\n', block));
                block = null;
            }
            else
            {
                block?.Add(line);
            }
        }
        return blocks;
    }
}
