namespace NeuralNet.Datasets;

/// <summary>569 tumours of the breast, malignant or benign, with 30 features of the nuclei of their cells. Embedded in this library.</summary>
/// <remarks>
/// Source: W. Wolberg, O. Mangasarian, N. Street, W. Street, "Breast Cancer Wisconsin (Diagnostic)" (1995), UCI Machine Learning Repository,
/// https://doi.org/10.24432/C5DW2B; licence CC BY 4.0. For learning, not for diagnosis.
/// </remarks>
public static class BreastCancer
{
    /// <summary>The number of examples.</summary>
    public const int Count = 569;

    private const string LabelName = "diagnosis";

    private static readonly string[] s_classNames = ["malignant", "benign"];

    /// <summary>Loads features and classes, in the order of their source.</summary>
    /// <returns>Features [569, 30] of <see cref="DType.Float32"/>, not scaled, and labels [569] of <see cref="DType.Int64"/>.</returns>
    public static ClassificationData Load() => ClassificationData.From(LoadTable(), LabelName, s_classNames);

    /// <summary>Loads the table, whose column <c>diagnosis</c> holds the names of the classes.</summary>
    public static Table LoadTable() => EmbeddedTable.Load("breast_cancer");
}
