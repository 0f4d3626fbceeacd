using NeuralNet.Benchmarks.Torch;

namespace NeuralNet.Benchmarks;

internal static partial class ReferenceCommands
{
    static partial void AddTorch(IDictionary<string, Command> commands) =>
        commands["compare"] = new($"the library beside libtorch: {CompareOptions.Usage}", CompareCommand.Run);
}
