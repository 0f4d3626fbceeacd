namespace NeuralNet.Testing;

/// <summary>What a case gave.</summary>
/// <param name="Shape">The shape of the result.</param>
/// <param name="DType">Its dtype.</param>
/// <param name="Value">Its elements.</param>
/// <param name="Gradients">Those of the floating-point inputs, for fixed weights of the result's elements; none for a constant operation.</param>
public sealed record CaseResult(Shape Shape, DType DType, double[] Value, double[][] Gradients);
