using NeuralNet.Benchmarks.Torch;

namespace NeuralNet.Benchmarks;

internal static partial class ReferenceCommands
{
    static partial void AddTorch(IDictionary<string, Command> commands) =>
        commands["compare"] = new("matrix products beside libtorch's, on one thread and on all", _ => CompareCommand.Run());
}
