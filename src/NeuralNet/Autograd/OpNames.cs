using System.Collections.Concurrent;

namespace NeuralNet;

/// <summary>The names of operations for messages, derived from their types: <c>LogSoftmaxOp</c> is <c>LogSoftmax</c>.</summary>
internal static class OpNames
{
    private static readonly ConcurrentDictionary<Type, string> s_names = new();

    public static string Of(Type type) =>
        s_names.GetOrAdd(type, static t => t.Name.EndsWith("Op", StringComparison.Ordinal) ? t.Name[..^2] : t.Name);
}
