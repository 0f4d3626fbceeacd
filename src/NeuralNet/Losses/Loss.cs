using NeuralNet.Memory;

namespace NeuralNet;

/// <summary>How far predictions are from targets: what training makes small.</summary>
/// <param name="reduction">What becomes of the losses of single elements.</param>
/// <example>
/// <code>
/// var loss = new MeanSquaredError().Forward(model.Forward(x), y);
/// loss.Backward();
/// </code>
/// </example>
public abstract class Loss(Reduction reduction = Reduction.Mean)
{
    /// <summary>Gets what becomes of the losses of single elements.</summary>
    public Reduction Reduction { get; } = reduction;

    /// <summary>Computes the loss.</summary>
    /// <param name="prediction">What the model gave.</param>
    /// <param name="target">What it should have given.</param>
    public abstract Tensor Forward(Tensor prediction, Tensor target);

    /// <summary>Applies <see cref="Reduction"/>.</summary>
    protected Tensor Reduce(Tensor losses) => Reduction switch
    {
        Reduction.Mean => losses.Mean(),
        Reduction.Sum => losses.Sum(),
        _ => losses,
    };

    /// <summary>
    /// Runs the body of one of the library's losses, in which no code of the user runs, and ends what it made but its result. The body
    /// gets the loss, so that it can be static.
    /// </summary>
    private protected static Tensor WithoutTraces<TLoss>(
        TLoss loss, Func<TLoss, Tensor, Tensor, Tensor> body, Tensor prediction, Tensor target)
        where TLoss : Loss
    {
        Temporaries temporaries = Temporaries.Begin();
        Tensor? losses = null;
        try
        {
            return losses = body(loss, prediction, target);
        }
        finally
        {
            temporaries.End(losses);
        }
    }

    /// <summary>Throws where two shapes differ: broadcasting in a loss is nearly always a mistake.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    private protected void RequireSameShape(Tensor prediction, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(target);
        if (prediction.Shape != target.Shape)
            throw new ShapeException($"{GetType().Name}: predictions {prediction.Shape} and targets {target.Shape} differ in shape. "
                + "Reshape one of them; a loss does not broadcast.");
    }
}
