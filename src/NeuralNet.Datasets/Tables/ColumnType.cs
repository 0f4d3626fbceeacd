namespace NeuralNet.Datasets;

/// <summary>What a column of a table holds.</summary>
public enum ColumnType
{
    /// <summary>Numbers; a missing one is NaN.</summary>
    Number,

    /// <summary>Truth values, kept as the numbers 0 and 1; a missing one is NaN.</summary>
    Boolean,

    /// <summary>Text, such as the names of categories; a missing one is null.</summary>
    Text,
}
