namespace NeuralNet;

/// <summary>A module that turns one tensor into another. Authors write <see cref="Compute"/>, users call <see cref="Forward"/>.</summary>
public abstract partial class Layer : Module
{
    private readonly bool _isOfLibrary;

    /// <summary>Initialises a layer.</summary>
    protected Layer() => _isOfLibrary = GetType().Assembly == typeof(Layer).Assembly;

    /// <summary>
    /// Whether all code inside is the library's, which keeps neither what it is given nor what it returns: what passes between two such
    /// layers may be ended as soon as it was used.
    /// </summary>
    internal virtual bool IsOfLibrary => _isOfLibrary && !HasHooks;

    /// <summary>The layer as a function that the layer before can apply to its result; null where it is none.</summary>
    internal virtual IResultActivation? ResultActivation => null;

    /// <summary>Whether the layer can apply an activation that follows it.</summary>
    internal virtual bool TakesActivation => false;

    /// <summary>Runs the layer with an activation that follows it, fused.</summary>
    internal virtual Tensor ForwardWith(IResultActivation activation, Tensor x) => throw new System.Diagnostics.UnreachableException();

    /// <summary>Runs the layer. Where an error comes from inside, its message begins with the path to the layer.</summary>
    /// <exception cref="ShapeException">The input does not fit; the message names the layer and the shapes.</exception>
    public Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        LayerPath path = LayerPath.Enter(this);
        try
        {
            Tensor y = HasHooks ? _hooks!.Run(this, x, Compute) : Compute(x);
            path.Record(y);
            return y;
        }
        catch (Exception exception) when (path.Describe(exception))
        {
            throw;
        }
        finally
        {
            path.Leave();
        }
    }

    /// <summary>Computes the output.</summary>
    protected abstract Tensor Compute(Tensor x);
}
