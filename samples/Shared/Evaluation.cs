namespace NeuralNet.Samples;

/// <summary>Measures a classifier.</summary>
internal static class Evaluation
{
    /// <summary>The share of examples whose most probable class is the right one.</summary>
    public static double Accuracy(Layer model, Tensor inputs, Tensor labels)
    {
        bool wasTraining = model.IsTraining;
        model.Eval();
        try
        {
            long right = 0;
            foreach ((Tensor x, Tensor y) in new DataLoader(new TensorDataset(inputs, labels), batchSize: 1000))
            {
                using InferenceScope inference = new();
                right += model.Forward(x).ArgMax(1).Equal(y).Sum().Item<long>();
            }
            return (double)right / labels.Length;
        }
        finally
        {
            model.Train(wasTraining);
        }
    }

    /// <summary>The most probable class of each example.</summary>
    public static Tensor Predict(Layer model, Tensor inputs)
    {
        using InferenceScope inference = new();
        bool wasTraining = model.IsTraining;
        model.Eval();
        try
        {
            return inference.Keep(model.Forward(inputs).ArgMax(1));
        }
        finally
        {
            model.Train(wasTraining);
        }
    }
}
