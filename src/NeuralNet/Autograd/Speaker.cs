namespace NeuralNet;

/// <summary>Who speaks in a message: a public method by its name, or an operation, whose name is made only when it fails.</summary>
internal readonly struct Speaker
{
    private readonly object? _source;

    private Speaker(object source) => _source = source;

    public static implicit operator Speaker(string name) => new(name);

    public static implicit operator Speaker(GraphNode node) => new(node);

    public override string ToString() => _source is GraphNode node ? node.Name : _source as string ?? "";
}
