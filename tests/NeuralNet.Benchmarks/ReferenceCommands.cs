namespace NeuralNet.Benchmarks;

/// <summary>The commands that need libtorch; there are none unless the program was built with <c>-p:Torch=true</c>.</summary>
internal static partial class ReferenceCommands
{
    public static void Add(IDictionary<string, Command> commands) => AddTorch(commands);

    static partial void AddTorch(IDictionary<string, Command> commands);
}
