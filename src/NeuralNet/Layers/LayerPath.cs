namespace NeuralNet;

/// <summary>
/// The layers whose Forward is running on this thread, outermost first: the path that an error names, and what a summary records.
/// </summary>
internal readonly ref struct LayerPath
{
    [ThreadStatic]
    private static List<Layer>? t_active;

    [ThreadStatic]
    private static Action<Layer, Tensor>? t_recorder;

    private LayerPath(Layer layer) => Layer = layer;

    private Layer Layer { get; }

    public static LayerPath Enter(Layer layer)
    {
        (t_active ??= []).Add(layer);
        return new(layer);
    }

    /// <summary>Calls a function with the output of each layer, until the returned value is disposed.</summary>
    public static IDisposable RecordOutputs(Action<Layer, Tensor> recorder)
    {
        Action<Layer, Tensor>? outer = t_recorder;
        t_recorder = recorder;
        return new Recording(outer);
    }

    /// <summary>Shows the output of a layer that another has run as a part of itself.</summary>
    public static void RecordFused(Layer layer, Tensor y) => t_recorder?.Invoke(layer, y);

    public void Leave() => t_active!.RemoveAt(t_active.Count - 1);

    public void Record(Tensor y) => t_recorder?.Invoke(Layer, y);

    /// <summary>
    /// Writes the path into an error that has none yet; the innermost layer comes first. Always false: nothing is caught.
    /// </summary>
    public bool Describe(Exception exception)
    {
        if (exception is ILayerError { LayerPath: null } error)
            error.LayerPath = Describe();
        return false;
    }

    private string Describe()
    {
        foreach ((string name, Module module) in t_active![0].NamedModules())
        {
            if (ReferenceEquals(module, Layer))
                return name.Length == 0 ? Layer.GetType().Name : $"{name} ({Layer.GetType().Name})";
        }
        return Layer.GetType().Name;
    }

    private sealed class Recording(Action<Layer, Tensor>? outer) : IDisposable
    {
        public void Dispose() => t_recorder = outer;
    }
}
