namespace NeuralNet.Memory;

/// <summary>A change of <see cref="AmbientContext.Current"/>, with the flow before and after it.</summary>
internal readonly struct AmbientChange
{
    private readonly ExecutionContext? _before;
    private readonly ExecutionContext? _after;

    private AmbientChange(ExecutionContext? before, ExecutionContext? after)
    {
        _before = before;
        _after = after;
    }

    /// <summary>Makes a context the one of this flow.</summary>
    public static AmbientChange To(AmbientContext context)
    {
        ExecutionContext? before = ExecutionContext.Capture();
        AmbientContext.Current = context;
        return new(before, ExecutionContext.Capture());
    }

    /// <summary>
    /// Goes back to the flow before, which costs less than a further change; false where something in the flow has changed since, so that
    /// it would be lost.
    /// </summary>
    public bool TryUndo()
    {
        if (_before is null || _after is null || !ReferenceEquals(ExecutionContext.Capture(), _after))
            return false;
        ExecutionContext.Restore(_before);
        return true;
    }
}
