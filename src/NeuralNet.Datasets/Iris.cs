namespace NeuralNet.Datasets;

/// <summary>The flowers of three species of iris: 150 of them, measured in four lengths. Embedded in this library.</summary>
/// <remarks>
/// Source: R. A. Fisher, "The use of multiple measurements in taxonomic problems", Annals of Eugenics 7 (1936), UCI Machine Learning
/// Repository, https://doi.org/10.24432/C56C76; licence CC BY 4.0.
/// </remarks>
public static class Iris
{
    /// <summary>The number of examples.</summary>
    public const int Count = 150;

    private const string LabelName = "species";

    private static readonly string[] s_classNames = ["setosa", "versicolor", "virginica"];

    /// <summary>Loads features and classes, in the order of their source.</summary>
    /// <returns>Features [150, 4] of <see cref="DType.Float32"/>, not scaled, and labels [150] of <see cref="DType.Int64"/>.</returns>
    public static ClassificationData Load() => ClassificationData.From(LoadTable(), LabelName, s_classNames);

    /// <summary>Loads the table, whose column <c>species</c> holds the names of the classes.</summary>
    public static Table LoadTable() => EmbeddedTable.Load("iris");
}
