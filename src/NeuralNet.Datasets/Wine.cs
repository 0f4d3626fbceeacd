namespace NeuralNet.Datasets;

/// <summary>The wines of three growers of one region of Italy: 178 of them, with 13 results of chemical analysis. Embedded in this library.</summary>
/// <remarks>
/// Source: S. Aeberhard, M. Forina, "Wine" (1992), UCI Machine Learning Repository, https://doi.org/10.24432/C5PC7J; licence CC BY 4.0.
/// </remarks>
public static class Wine
{
    /// <summary>The number of examples.</summary>
    public const int Count = 178;

    private const string LabelName = "class";

    private static readonly string[] s_classNames = ["class_0", "class_1", "class_2"];

    /// <summary>Loads features and classes, in the order of their source.</summary>
    /// <returns>Features [178, 13] of <see cref="DType.Float32"/>, not scaled, and labels [178] of <see cref="DType.Int64"/>.</returns>
    public static ClassificationData Load() => ClassificationData.From(LoadTable(), LabelName, s_classNames);

    /// <summary>Loads the table, whose column <c>class</c> holds the names of the classes.</summary>
    public static Table LoadTable() => EmbeddedTable.Load("wine");
}
