namespace NeuralNet;

/// <summary>Thrown under <see cref="Autograd.DetectAnomalies"/> by the operation that first makes a NaN.</summary>
public sealed class AnomalyException : ArithmeticException
{
    internal AnomalyException(string operation, string message)
        : base(message)
    {
        Operation = operation;
    }

    /// <summary>Gets the name of the operation.</summary>
    public string Operation { get; }
}
