namespace NeuralNet.Datasets;

/// <summary>442 patients with diabetes, ten features of each, and how far the disease went in a year. Embedded in this library.</summary>
/// <remarks>
/// Source: B. Efron, T. Hastie, I. Johnstone, R. Tibshirani, "Least Angle Regression", Annals of Statistics 32 (2004). Features are not scaled:
/// scikit-learn's loader scales them, as <see cref="StandardScaler"/> does but for a factor.
/// </remarks>
public static class Diabetes
{
    /// <summary>The number of examples.</summary>
    public const int Count = 442;

    private const string TargetName = "progression";

    /// <summary>Loads features and targets, in the order of their source.</summary>
    /// <returns>Features [442, 10] (age in years, sex as 1 or 2, body mass index, blood pressure, six results of the blood serum) and the
    /// progression of the disease [442, 1], from 25 to 346, both of <see cref="DType.Float32"/>.</returns>
    public static RegressionData Load()
    {
        Table table = LoadTable();
        Table features = table.Without(TargetName);
        return new(features.ToTensor(), table.Select(TargetName).ToTensor(), features.ColumnNames, TargetName);
    }

    /// <summary>Loads the table, whose column <c>progression</c> is to be predicted.</summary>
    public static Table LoadTable() => EmbeddedTable.Load("diabetes");
}
