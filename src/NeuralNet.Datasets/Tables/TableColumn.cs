namespace NeuralNet.Datasets;

/// <summary>A column of a table: a name, and numbers, truth values or text.</summary>
public sealed class TableColumn
{
    private readonly double[] _numbers;
    private readonly string?[] _texts;

    /// <summary>Creates a column of numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="numbers">Its values, which are copied; NaN where one is missing.</param>
    public TableColumn(string name, ReadOnlySpan<double> numbers)
        : this(name, ColumnType.Number, numbers.ToArray(), [])
    {
    }

    /// <summary>Creates a column of text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="texts">Its values, which are copied; null where one is missing.</param>
    public TableColumn(string name, ReadOnlySpan<string?> texts)
        : this(name, ColumnType.Text, [], texts.ToArray())
    {
    }

    internal TableColumn(string name, ColumnType type, double[] numbers, string?[] texts)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        Type = type;
        _numbers = numbers;
        _texts = texts;
        MissingCount = type == ColumnType.Text ? texts.Count(text => text is null) : numbers.Count(double.IsNaN);
    }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets what the column holds.</summary>
    public ColumnType Type { get; }

    /// <summary>Gets the number of values, those that are missing included.</summary>
    public int Count => Type == ColumnType.Text ? _texts.Length : _numbers.Length;

    /// <summary>Gets how many values are missing.</summary>
    public int MissingCount { get; }

    /// <summary>Gets the numbers, with NaN where one is missing; truth values are 0 and 1.</summary>
    /// <exception cref="InvalidOperationException">The column holds text.</exception>
    public IReadOnlyList<double> Numbers => Type != ColumnType.Text
        ? _numbers
        : throw new InvalidOperationException($"Column '{Name}' holds text, no numbers. Use LabelEncoder or Table.OneHot.");

    /// <summary>Gets the texts, with null where one is missing.</summary>
    /// <exception cref="InvalidOperationException">The column holds numbers.</exception>
    public IReadOnlyList<string?> Texts => Type == ColumnType.Text
        ? _texts
        : throw new InvalidOperationException($"Column '{Name}' holds numbers, no text. Use Numbers, or read it as text with "
            + "CsvOptions.ColumnTypes.");

    /// <summary>Gets the different texts of the column in ordinal order, without missing ones.</summary>
    /// <exception cref="InvalidOperationException">The column holds numbers.</exception>
    public IReadOnlyList<string> Categories => [.. Texts.OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Gets the column as a tensor.</summary>
    /// <returns>A tensor of [count], with NaN where a value is missing.</returns>
    /// <exception cref="InvalidOperationException">The column holds text.</exception>
    /// <exception cref="DTypeException">The dtype is not Float32 or Float64.</exception>
    public Tensor ToTensor(DType dtype = DType.Float32) => new Table(this).ToTensor(dtype).Squeeze(1);

    /// <summary>Describes the column in a line.</summary>
    public override string ToString() => $"{Name}: {Type}, {Count} values, {MissingCount} missing";

    internal bool IsMissing(int row) => Type == ColumnType.Text ? _texts[row] is null : double.IsNaN(_numbers[row]);

    internal TableColumn Rows(int[] rows) => Type == ColumnType.Text
        ? new(Name, Type, [], Array.ConvertAll(rows, row => _texts[row]))
        : new(Name, Type, Array.ConvertAll(rows, row => _numbers[row]), []);

    internal TableColumn FillMissing(MissingValues strategy)
    {
        if (MissingCount == 0)
            return this;
        if (MissingCount == Count)
        {
            throw new InvalidOperationException($"Column '{Name}': all of its {Count} values are missing, so that nothing tells what to fill in. "
                + "Leave it out with Table.Without.");
        }
        if (Type == ColumnType.Text)
        {
            string text = MostFrequent(_texts.OfType<string>(), StringComparer.Ordinal);
            return new(Name, Type, [], Array.ConvertAll(_texts, value => value ?? text));
        }
        double[] present = [.. _numbers.Where(number => !double.IsNaN(number))];
        double number = Type == ColumnType.Boolean ? MostFrequent(present, Comparer<double>.Default) : strategy switch
        {
            MissingValues.Mean => present.Average(),
            MissingValues.Median => Median(present),
            MissingValues.MostFrequent => MostFrequent(present, Comparer<double>.Default),
            _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "Table.FillMissing: no such way to fill in."),
        };
        return new(Name, Type, Array.ConvertAll(_numbers, value => double.IsNaN(value) ? number : value), []);
    }

    /// <summary>The value that stands most often; of several the first in order, as in scikit-learn.</summary>
    private static T MostFrequent<T>(IEnumerable<T> values, IComparer<T> comparer) =>
        values.GroupBy(value => value).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, comparer).First().Key;

    private static double Median(double[] values)
    {
        Array.Sort(values);
        int half = values.Length / 2;
        return values.Length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
