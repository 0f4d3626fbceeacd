namespace NeuralNet;

/// <summary>A layer and the activation behind it, run as one kernel.</summary>
internal static class FusedPair
{
    /// <summary>Runs both layers. Errors and summaries see them as if they ran apart.</summary>
    public static Tensor Forward(Layer first, ReLU relu, Tensor x)
    {
        Tensor y;
        LayerPath path = LayerPath.Enter(first);
        try
        {
            y = first.ForwardRelu(x);
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
