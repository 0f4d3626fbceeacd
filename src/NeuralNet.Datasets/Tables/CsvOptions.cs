using System.Text;

namespace NeuralNet.Datasets;

/// <summary>How <see cref="CsvFile"/> reads a file.</summary>
public sealed record CsvOptions
{
    /// <summary>Gets what stands between fields; a comma if not set.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Gets whether the first row holds the names of the columns; if not, they are named column0, column1 and so on.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Gets the fields that stand for a missing value: empty ones, NA, N/A, NaN, null and ? if not set. Upper and lower case are
    /// equal.</summary>
    public IReadOnlyCollection<string> MissingValues { get; init; } = ["", "NA", "N/A", "NaN", "null", "?"];

    /// <summary>Gets the types of columns by name. Those of other columns are seen from their values: numbers (with a point, whatever the
    /// culture), <c>true</c> and <c>false</c>, or else text.</summary>
    public IReadOnlyDictionary<string, ColumnType> ColumnTypes { get; init; } = new Dictionary<string, ColumnType>();

    /// <summary>Gets the encoding of a file without a byte order mark; UTF-8 if null.</summary>
    public Encoding? Encoding { get; init; }
}
