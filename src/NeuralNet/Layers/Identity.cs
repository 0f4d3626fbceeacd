namespace NeuralNet;

/// <summary>Gives its input back.</summary>
/// <remarks>y = x. Input and output of any one shape. Without parameters.</remarks>
/// <example><code>var model = new Sequential(new Dense(2, 8), new Identity(), new Dense(8, 1));</code></example>
public sealed class Identity : Layer
{
    /// <inheritdoc/>
    public override string ToString() => "Identity()";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x;
}
