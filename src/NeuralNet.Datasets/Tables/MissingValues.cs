namespace NeuralNet.Datasets;

/// <summary>What <see cref="Table.FillMissing"/> puts into a column of numbers where a value is missing.</summary>
public enum MissingValues
{
    /// <summary>The mean of the values that are there.</summary>
    Mean,

    /// <summary>The median of the values that are there.</summary>
    Median,

    /// <summary>The value that stands most often; of several the smallest.</summary>
    MostFrequent,
}
