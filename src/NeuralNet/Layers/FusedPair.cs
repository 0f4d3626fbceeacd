namespace NeuralNet;

/// <summary>A dense layer and the activation behind it, run as one kernel.</summary>
internal static class FusedPair
{
    /// <summary>Runs both layers. Errors and summaries see them as if they ran apart.</summary>
    public static Tensor Forward(Dense dense, ReLU relu, Tensor x)
    {
        Tensor y;
        LayerPath path = LayerPath.Enter(dense);
        try
        {
            y = dense.ForwardFused(x);
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
        LayerPath second = LayerPath.Enter(relu);
        second.Record(y);
        second.Leave();
        return y;
    }
}
