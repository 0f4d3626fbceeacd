namespace NeuralNet;

/// <summary>Thrown by <see cref="GradientCheck"/> where a gradient and a central difference do not agree.</summary>
public sealed class GradientCheckException : ArithmeticException
{
    /// <summary>Creates the exception with its message.</summary>
    public GradientCheckException(string message)
        : base(message)
    {
    }
}
