namespace NeuralNet.Datasets;

/// <summary>Examples with features and a number to predict.</summary>
/// <param name="Features">The features, [n, features] of Float32.</param>
/// <param name="Targets">The number to predict, [n, 1] of Float32, as a layer with one output gives it.</param>
/// <param name="FeatureNames">The name of each feature.</param>
/// <param name="TargetName">The name of the number to predict.</param>
public sealed record RegressionData(Tensor Features, Tensor Targets, IReadOnlyList<string> FeatureNames, string TargetName);
