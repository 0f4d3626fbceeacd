using NeuralNet.Benchmarks.Torch;

namespace NeuralNet.Benchmarks;

internal static partial class ReferenceCommands
{
    static partial void AddTorch(IDictionary<string, Command> commands)
    {
        commands["compare"] = new($"the library beside libtorch: {CompareOptions.Usage}", CompareCommand.Run);
        commands["growth"] = new("how far 50 steps of training raise the peak of the resident set, here and in libtorch", GrowthCommand.Run);
        commands["tables"] = new($"Markdown from the files of compare --json: {TablesCommand.Usage}", TablesCommand.Run);
    }
}
