namespace NeuralNet.Benchmarks;

/// <summary>The commands that need libtorch; unless the program was built with <c>-p:Torch=true</c>, they say so.</summary>
internal static partial class ReferenceCommands
{
    public static void Add(IDictionary<string, Command> commands)
    {
        commands["compare"] = new("the library beside libtorch; needs a build with -p:Torch=true", _ => ExplainBuild());
        AddTorch(commands);
    }

    static partial void AddTorch(IDictionary<string, Command> commands);

    private static int ExplainBuild()
    {
        Console.Error.WriteLine("compare: this build has no libtorch (600 MB). Build with it: "
            + "dotnet build tests/NeuralNet.Benchmarks -c Release -p:Torch=true");
        return 2;
    }
}
