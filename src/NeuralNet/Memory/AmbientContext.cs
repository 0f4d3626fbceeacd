namespace NeuralNet.Memory;

/// <summary>
/// The modes that flow with the code rather than through its arguments, across <c>await</c> too: whether gradients are recorded, the
/// innermost public scope, anomaly detection. Library code that runs between two calls overrides them per thread, which is cheaper.
/// </summary>
internal sealed record AmbientContext
{
    private static readonly AsyncLocal<AmbientContext?> s_current = new();
    private static readonly AmbientContext s_default = new();

    private static bool s_anomaliesWanted;

    [ThreadStatic]
    private static bool? t_gradients;

    public bool Gradients { get; init; } = true;

    public bool DetectAnomalies { get; init; }

    public TensorScope? Scope { get; init; }

    public static AmbientContext Current
    {
        get => s_current.Value ?? s_default;
        set
        {
            s_anomaliesWanted |= value.DetectAnomalies;
            // A flow without values is cheaper to leave and to enter than one that says what holds anyway.
            s_current.Value = value == s_default ? null : value;
        }
    }

    /// <summary>Whether ops are recorded now.</summary>
    public static bool GradientsEnabled => t_gradients ?? Current.Gradients;

    /// <summary>Whether results are searched for NaN; a static switch is asked first, since almost nobody turns this on.</summary>
    public static bool DetectsAnomalies => s_anomaliesWanted && Current.DetectAnomalies;

    /// <summary>The library's own override on this thread; null where the ambient mode holds.</summary>
    public static bool? GradientsOnThread
    {
        get => t_gradients;
        set => t_gradients = value;
    }
}
