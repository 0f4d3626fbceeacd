namespace NeuralNet.Testing;

/// <summary>The files that the tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>The C# files below a folder, without what the build made; none if the folder does not exist.</summary>
    public static IReadOnlyList<string> Sources(params ReadOnlySpan<string> parts)
    {
        string folder = PathOf(parts);
        if (!Directory.Exists(folder))
            return [];
        string separator = Path.DirectorySeparatorChar.ToString();
        return
        [
            .. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains($"{separator}obj{separator}") && !file.Contains($"{separator}bin{separator}"))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NeuralNet.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"Repository: no NeuralNet.sln above {AppContext.BaseDirectory}.");
    }
}
