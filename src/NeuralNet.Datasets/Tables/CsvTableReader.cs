using System.Globalization;
using System.Text.Unicode;
using CsvHelper;

namespace NeuralNet.Datasets;

/// <summary>Reads one CSV file into a table.</summary>
internal sealed class CsvTableReader(string path, CsvOptions options)
{
    private readonly HashSet<string> _missing = new(options.MissingValues, StringComparer.OrdinalIgnoreCase);

    /// <summary>Where each row begins in the file, for messages about its fields.</summary>
    private readonly List<long> _offsets = [];

    /// <exception cref="CorruptFileException">The file is no table.</exception>
    public Table Read(Stream stream)
    {
        try
        {
            using CsvReader reader = CsvReader.Create(stream, ReaderOptions(), leaveOpen: true);
            return ReadTable(reader);
        }
        catch (CsvFormatException exception)
        {
            throw new CorruptFileException(path, exception.ByteOffset, "fields as RFC 4180 has them", exception.Message, exception);
        }
    }

    private CsvReaderOptions ReaderOptions() => new()
    {
        Separator = options.Delimiter,
        Encoding = options.Encoding,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        HasHeader = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        PoolStrings = true,
        TrimWhitespace = true,
    };

    private Table ReadTable(CsvReader reader)
    {
        if (!Advance(reader))
            throw new CorruptFileException(path, 0, options.HasHeader ? "a row with the names of the columns" : "a row of fields", "no row");
        string[] names = new string[reader.FieldCount];
        for (int i = 0; i < names.Length; i++)
            names[i] = options.HasHeader ? reader.GetString(i) : $"column{i}";
        CheckNames(names, reader.ByteOffset);
        List<string?>[] fields = [.. names.Select(_ => new List<string?>())];
        for (bool any = !options.HasHeader || Advance(reader); any; any = Advance(reader))
        {
            int row = _offsets.Count;
            if (reader.FieldCount != names.Length)
                throw new CorruptFileException(path, reader.ByteOffset, $"{names.Length} fields in row {row}, as in the first", $"{reader.FieldCount}");
            _offsets.Add(reader.ByteOffset);
            for (int i = 0; i < names.Length; i++)
            {
                string field = reader.GetString(i);
                fields[i].Add(_missing.Contains(field) ? null : field);
            }
        }
        return new([.. names.Select((name, i) => Column(name, fields[i]))]);
    }

    private bool Advance(CsvReader reader)
    {
        if (!reader.Read())
            return false;
        if (options.Encoding is null && !Utf8.IsValid(reader.RawRecord))
            throw new CorruptFileException(path, reader.ByteOffset, "text in UTF-8", "bytes that are none (see CsvOptions.Encoding)");
        return true;
    }

    private void CheckNames(string[] names, long offset)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (!seen.Add(name))
                throw new CorruptFileException(path, offset, "names of columns that differ", $"'{name}' twice");
        }
        if (options.ColumnTypes.Keys.FirstOrDefault(name => !seen.Contains(name)) is { } unknown)
        {
            throw new ArgumentException($"{path}: CsvOptions.ColumnTypes names the column '{unknown}', the file has "
                + $"{string.Join(", ", names.Select(name => $"'{name}'"))}. Use one of these.");
        }
    }

    private TableColumn Column(string name, List<string?> fields)
    {
        ColumnType type = options.ColumnTypes.TryGetValue(name, out ColumnType asked) ? asked : TypeOf(fields);
        if (type == ColumnType.Text)
            return new(name, type, [], [.. fields]);
        double[] numbers = new double[fields.Count];
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row] = (fields[row] is null ? double.NaN : type == ColumnType.Boolean ? Truth(fields[row]!) : Number(fields[row]!))
                ?? throw new CorruptFileException(path, _offsets[row], $"a {type} in column '{name}' of row {row}", $"'{fields[row]}'");
        }
        return new(name, type, numbers, []);
    }

    private static ColumnType TypeOf(List<string?> fields)
    {
        if (fields.All(field => field is null || Number(field) is not null))
            return ColumnType.Number;
        return fields.All(field => field is null || Truth(field) is not null) ? ColumnType.Boolean : ColumnType.Text;
    }

    private static double? Number(string field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    private static double? Truth(string field) =>
        bool.TryParse(field, out bool value) ? (value ? 1 : 0) : field is "0" ? 0 : field is "1" ? 1 : null;
}
