namespace NeuralNet.Datasets;

/// <summary>Examples with features and a class.</summary>
/// <param name="Features">The features, [n, features] of Float32.</param>
/// <param name="Labels">The class of each example, [n] of Int64.</param>
/// <param name="FeatureNames">The name of each feature, with its unit where the source gives one.</param>
/// <param name="ClassNames">The name of each class.</param>
public sealed record ClassificationData(Tensor Features, Tensor Labels, IReadOnlyList<string> FeatureNames, IReadOnlyList<string> ClassNames)
{
    /// <summary>Makes the classes of a column of names, numbered in the given order.</summary>
    internal static ClassificationData From(Table table, string labelName, IReadOnlyList<string> classNames)
    {
        Table features = table.Without(labelName);
        Tensor labels = new LabelEncoder(classNames).Transform(table[labelName].Texts);
        return new(features.ToTensor(), labels, features.ColumnNames, classNames);
    }
}
