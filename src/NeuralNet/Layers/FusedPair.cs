namespace NeuralNet;

/// <summary>A layer and the activation behind it, run as one operation.</summary>
internal static class FusedPair
{
    /// <summary>Runs both layers. Errors and summaries see them as if they ran apart.</summary>
    public static Tensor Forward(Layer first, Layer activation, IResultActivation function, Tensor x)
    {
        Tensor y;
        LayerPath path = LayerPath.Enter(first);
        try
        {
            y = first.ForwardWith(function, x);
            path.Record(y);
        }
        catch (Exception exception) when (path.Describe(exception))
        {
            throw;
        }
        finally
        {
            path.Leave();
        }
        LayerPath.RecordFused(activation, y);
        return y;
    }
}
