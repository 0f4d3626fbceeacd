namespace NeuralNet;

/// <summary>Evaluation without traces: no operation is recorded, and the tensors made inside end with the scope.</summary>
/// <example>
/// <code>
/// using var inference = new InferenceScope();
/// return inference.Keep(model.Forward(x));
/// </code>
/// </example>
public sealed class InferenceScope : IDisposable
{
    private readonly Autograd.Mode _mode = Autograd.NoGrad();
    private readonly TensorScope _scope = new();
    private bool _isDisposed;

    /// <summary>Lets a tensor outlive the scope.</summary>
    /// <returns>The tensor.</returns>
    /// <exception cref="ObjectDisposedException">The scope has ended, or the tensor was ended by another.</exception>
    public Tensor Keep(Tensor tensor) => _scope.Keep(tensor);

    /// <summary>Ends the tensors made inside, but for the kept ones, and records again if it did before.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _scope.Dispose();
        _mode.Dispose();
    }
}
