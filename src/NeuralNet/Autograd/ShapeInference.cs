namespace NeuralNet;

/// <summary>
/// A mode, on this thread, in which tensors with data may meet tensors without (a model's parameters an input on the meta device), and the
/// result has none.
/// </summary>
internal static class ShapeInference
{
    [ThreadStatic]
    private static int t_depth;

    public static bool IsActive => t_depth > 0;

    /// <summary>Turns the mode on until the returned value is disposed.</summary>
    public static Ending Begin()
    {
        t_depth++;
        return default;
    }

    public readonly struct Ending : IDisposable
    {
        public void Dispose() => t_depth--;
    }
}
