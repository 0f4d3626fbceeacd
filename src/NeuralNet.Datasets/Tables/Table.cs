namespace NeuralNet.Datasets;

/// <summary>Columns of numbers, truth values and text of equal length, such as a CSV file holds. It does not change.</summary>
/// <example>
/// <code>
/// Table table = CsvFile.Read("iris.csv").FillMissing();
/// Tensor x = table.Without("species").ToTensor();
/// Tensor y = new LabelEncoder().FitTransform(table["species"].Texts);
/// </code>
/// </example>
public sealed class Table
{
    private readonly Dictionary<string, TableColumn> _byName = new(StringComparer.Ordinal);

    /// <summary>Creates a table.</summary>
    /// <exception cref="ArgumentException">Two columns have one name, or their lengths differ.</exception>
    public Table(params IReadOnlyList<TableColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        foreach (TableColumn column in columns)
        {
            if (column.Count != columns[0].Count)
            {
                throw new ArgumentException($"Table: column '{columns[0].Name}' has {columns[0].Count} values, column '{column.Name}' "
                    + $"{column.Count}. Make them equal.", nameof(columns));
            }
            if (!_byName.TryAdd(column.Name, column))
                throw new ArgumentException($"Table: two columns are named '{column.Name}'. Rename one.", nameof(columns));
        }
        Columns = [.. columns];
    }

    /// <summary>Gets the columns in their order.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Gets the names of the columns in their order.</summary>
    public IReadOnlyList<string> ColumnNames => [.. Columns.Select(column => column.Name)];

    /// <summary>Gets the number of rows.</summary>
    public int RowCount => Columns.Count == 0 ? 0 : Columns[0].Count;

    /// <summary>Gets a column by its name.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public TableColumn this[string name] => _byName.TryGetValue(name, out TableColumn? column)
        ? column
        : throw new ArgumentException($"Table: no column is named '{name}'. There are {Names()}.", nameof(name));

    /// <summary>Gets a table of some of the columns, in the order in which they are named.</summary>
    /// <exception cref="ArgumentException">There is none of a name.</exception>
    public Table Select(params ReadOnlySpan<string> names)
    {
        TableColumn[] columns = new TableColumn[names.Length];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = this[names[i]];
        return new(columns);
    }

    /// <summary>Gets a table of the other columns.</summary>
    /// <exception cref="ArgumentException">There is none of a name.</exception>
    public Table Without(params ReadOnlySpan<string> names)
    {
        HashSet<TableColumn> left = [];
        foreach (string name in names)
            left.Add(this[name]);
        return new([.. Columns.Where(column => !left.Contains(column))]);
    }

    /// <summary>Gets a table of some rows.</summary>
    /// <param name="rows">Their numbers, in any order.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Table Rows(params ReadOnlySpan<long> rows)
    {
        int[] indices = new int[rows.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            if (rows[i] < 0 || rows[i] >= RowCount)
                throw new ArgumentOutOfRangeException(nameof(rows), rows[i], $"Table: row {rows[i]} of {RowCount}. Stay within [0, {RowCount}).");
            indices[i] = (int)rows[i];
        }
        return new([.. Columns.Select(column => column.Rows(indices))]);
    }

    /// <summary>Gets a table of the rows in which no value is missing.</summary>
    public Table DropMissing() =>
        Rows([.. Enumerable.Range(0, RowCount).Where(row => !Columns.Any(column => column.IsMissing(row))).Select(row => (long)row)]);

    /// <summary>Gets a table in which nothing is missing: text and truth values become the most frequent ones of their column.</summary>
    /// <param name="strategy">What numbers become.</param>
    /// <remarks>What is filled in is made of all rows. Where those to test with must have no say in it, split the rows first.</remarks>
    /// <exception cref="InvalidOperationException">A column has no values at all.</exception>
    public Table FillMissing(MissingValues strategy = MissingValues.Mean) => new([.. Columns.Select(column => column.FillMissing(strategy))]);

    /// <summary>Gets a table in which a column of 0 and 1 for each category, named <c>column=category</c>, stands for a column of text.</summary>
    /// <param name="names">The columns of text; all of them if none is named.</param>
    /// <remarks>A missing text gives zeros in all of its columns.</remarks>
    /// <exception cref="ArgumentException">There is none of a name.</exception>
    /// <exception cref="InvalidOperationException">A named column holds numbers.</exception>
    public Table OneHot(params ReadOnlySpan<string> names)
    {
        HashSet<TableColumn> chosen = [.. names.IsEmpty ? Columns.Where(column => column.Type == ColumnType.Text) : Select(names).Columns];
        return new([.. Columns.SelectMany(column => chosen.Contains(column) ? Indicators(column) : [column])]);
    }

    /// <summary>Gets all columns as a tensor.</summary>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <returns>A tensor of [rows, columns], with NaN where a value is missing; truth values are 0 and 1.</returns>
    /// <exception cref="InvalidOperationException">A column holds text.</exception>
    /// <exception cref="DTypeException">The dtype is another.</exception>
    public Tensor ToTensor(DType dtype = DType.Float32)
    {
        if (!dtype.IsFloatingPoint())
            throw new DTypeException($"Table.ToTensor: {dtype} asked for, which has no NaN for what is missing. Use Float32 or Float64, then Cast.");
        if (Columns.FirstOrDefault(column => column.Type == ColumnType.Text) is { } text)
        {
            throw new InvalidOperationException($"Table.ToTensor: column '{text.Name}' holds text, such as '{text.Texts.FirstOrDefault()}'. Leave it "
                + "out with Without, or turn it into numbers with OneHot or LabelEncoder.");
        }
        double[] values = new double[(long)RowCount * Columns.Count];
        for (int i = 0; i < Columns.Count; i++)
        {
            for (int row = 0; row < RowCount; row++)
                values[row * Columns.Count + i] = Columns[i].Numbers[row];
        }
        return Tensor.From(values, [RowCount, Columns.Count]).Cast(dtype);
    }

    /// <summary>Describes the table: the number of rows, then a line for each column.</summary>
    public override string ToString() => string.Join('\n', Columns.Select(column => $"  {column}").Prepend($"{RowCount} rows"));

    private static IEnumerable<TableColumn> Indicators(TableColumn column) => column.Categories.Select(category => new TableColumn(
        $"{column.Name}={category}",
        [.. column.Texts.Select(text => text == category ? 1.0 : 0.0)]));

    private string Names() => Columns.Count == 0 ? "none" : string.Join(", ", Columns.Select(column => $"'{column.Name}'"));
}
