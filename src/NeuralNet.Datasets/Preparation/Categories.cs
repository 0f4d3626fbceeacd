namespace NeuralNet.Datasets;

/// <summary>The names of categories and their numbers, for encoders.</summary>
internal sealed class Categories(string owner)
{
    private const int MostQuoted = 10;

    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private string[]? _names;

    /// <summary>Gets the names in the order of their numbers.</summary>
    /// <exception cref="InvalidOperationException">There are none yet.</exception>
    public IReadOnlyList<string> Names => _names ?? throw new InvalidOperationException($"{owner}: nothing was learned yet. Call Fit or FitTransform first.");

    /// <summary>Takes the different values in ordinal order.</summary>
    public void Fit(IEnumerable<string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        HashSet<string> names = new(StringComparer.Ordinal);
        int index = 0;
        foreach (string? value in values)
        {
            names.Add(value ?? throw Missing(index, nameof(Fit)));
            index++;
        }
        Set(names.Order(StringComparer.Ordinal));
    }

    public void Set(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        _names = [.. names];
        _numbers.Clear();
        for (int i = 0; i < _names.Length; i++)
        {
            if (_names[i] is null || !_numbers.TryAdd(_names[i], i))
                throw new ArgumentException($"{owner}: the name {i}, '{_names[i]}', is null or stands twice. Name each once.", nameof(names));
        }
    }

    /// <summary>The number of each value; −1 for one that is unknown or null, where such are ignored.</summary>
    public long[] NumbersOf(IEnumerable<string?> values, bool ignoreUnknown)
    {
        ArgumentNullException.ThrowIfNull(values);
        _ = Names;
        List<long> numbers = [];
        foreach (string? value in values)
        {
            if (value is not null && _numbers.TryGetValue(value, out long number))
                numbers.Add(number);
            else if (ignoreUnknown)
                numbers.Add(-1);
            else
                throw value is null ? Missing(numbers.Count, "Transform") : Unknown(numbers.Count, value);
        }
        return [.. numbers];
    }

    public string[] NamesOf(Tensor numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        if (numbers.Rank != 1)
            throw new ShapeException($"{owner}.InverseTransform: numbers of {numbers.Shape}. Give one axis: [n].");
        if (!numbers.DType.IsInteger())
            throw new DTypeException($"{owner}.InverseTransform: numbers of {numbers.DType}. Give integers, such as ArgMax makes.");
        return Array.ConvertAll(numbers.Cast(DType.Int64).ToArray<long>(), number => number >= 0 && number < Names.Count
            ? Names[(int)number]
            : throw new ArgumentOutOfRangeException(nameof(numbers), number, $"{owner}.InverseTransform: {number} is none of {Names.Count} classes. Stay within [0, {Names.Count})."));
    }

    private ArgumentException Missing(int index, string where) =>
        new($"{owner}.{where}: value {index} is missing. Fill it in first, with Table.FillMissing, or leave the row out with DropMissing.");

    private ArgumentException Unknown(int index, string value)
    {
        string known = string.Join(", ", Names.Take(MostQuoted).Select(name => $"'{name}'"));
        return new($"{owner}.Transform: value {index}, '{value}', is none of the {Names.Count} that were learned: {known}"
            + $"{(Names.Count > MostQuoted ? ", …" : "")}. Fit the encoder to all of them.");
    }
}
