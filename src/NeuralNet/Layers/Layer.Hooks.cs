namespace NeuralNet;

public abstract partial class Layer
{
    private LayerHooks? _hooks;

    /// <summary>Whether functions of the user are called around the computation.</summary>
    internal bool HasHooks => _hooks is { AreEmpty: false };

    /// <summary>Calls a function before each <see cref="Forward"/>.</summary>
    /// <param name="hook">Sees the layer and its input; what it returns takes the input's place, unless that is null.</param>
    /// <returns>Dispose it to remove the function.</returns>
    public IDisposable AddForwardPreHook(Func<Layer, Tensor, Tensor?> hook) => Hooks().AddBefore(hook);

    /// <summary>Calls a function after each <see cref="Forward"/>.</summary>
    /// <param name="hook">Sees the layer, its input and its output; what it returns takes the output's place, unless that is null.</param>
    /// <returns>Dispose it to remove the function.</returns>
    /// <remarks>A tensor that outlives the pass must be kept where a <see cref="TensorScope"/> is open: <c>scope.Keep(output)</c>.</remarks>
    /// <example>
    /// <code>
    /// using var hook = model[0].AddForwardHook((layer, input, output) =&gt; { Console.WriteLine(output.Shape); return null; });
    /// </code>
    /// </example>
    public IDisposable AddForwardHook(Func<Layer, Tensor, Tensor, Tensor?> hook) => Hooks().AddAfter(hook);

    /// <summary>Calls a function in each backward pass, once the gradients of both output and input have arrived.</summary>
    /// <param name="hook">Sees the layer, the gradient of its input (null if the input requires none) and that of its output; what it returns
    /// takes the place of the input's gradient, unless that is null.</param>
    /// <returns>Dispose it to remove the function from later forward passes.</returns>
    public IDisposable AddBackwardHook(Func<Layer, Tensor?, Tensor, Tensor?> hook) => Hooks().AddBackward(hook);

    private LayerHooks Hooks()
    {
        if (_hooks is null)
            Interlocked.CompareExchange(ref _hooks, new(), null);
        return _hooks;
    }
}
