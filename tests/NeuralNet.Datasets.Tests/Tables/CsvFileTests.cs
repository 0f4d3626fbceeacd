using System.Globalization;
using System.Text;
using NeuralNet.Testing;

namespace NeuralNet.Datasets.Tests;

public class CsvFileTests
{
    [Fact]
    public void Read_NumbersTruthAndText_SeesTypesAndMissingValues()
    {
        Table table = Read("""
            size, weight ,ripe,kind
            1,2.5e-1,true,"apple, red"
            2,NA,FALSE,?

            -3,,?,"say ""pear"" "
            """);
        table.RowCount.Should().Be(3);
        table.ColumnNames.Should().Equal("size", "weight", "ripe", "kind");
        table.Columns.Select(column => column.Type).Should().Equal(ColumnType.Number, ColumnType.Number, ColumnType.Boolean, ColumnType.Text);
        table["size"].Numbers.Should().Equal(1, 2, -3);
        table["weight"].Numbers.Should().Equal(0.25, double.NaN, double.NaN);
        table["ripe"].Numbers.Should().Equal(1, 0, double.NaN);
        table["kind"].Texts.Should().Equal("apple, red", null, "say \"pear\" ");
        table.Columns.Select(column => column.MissingCount).Should().Equal(0, 2, 1, 1);
        table.ToString().Should().Be("3 rows\n  size: Number, 3 values, 0 missing\n  weight: Number, 3 values, 2 missing\n"
            + "  ripe: Boolean, 3 values, 1 missing\n  kind: Text, 3 values, 1 missing");
    }

    [Fact]
    public void Read_OtherCulture_KeepsThePoint()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;
            1.5.ToString(comma).Should().Be("1,5");
            Read("x\n1.5").Columns[0].Numbers.Should().Equal(1.5);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Read_Options_AreFollowed()
    {
        CsvOptions options = new()
        {
            Delimiter = ';',
            HasHeader = false,
            MissingValues = ["-"],
            ColumnTypes = new Dictionary<string, ColumnType> { ["column0"] = ColumnType.Text, ["column1"] = ColumnType.Boolean },
        };
        Table table = Read("01;1;NA\r\n-;0;x\r\n", options);
        table["column0"].Texts.Should().Equal("01", null);
        table["column1"].Numbers.Should().Equal(1, 0);
        table["column2"].Texts.Should().Equal("NA", "x");
    }

    [Fact]
    public void Read_QuotedLineBreak_IsPartOfTheField() => Read("a,b\n\"1\n2\",x\n")["a"].Texts.Should().Equal("1\n2");

    [Fact]
    public void Read_HeaderAlone_HasNoRows()
    {
        Table table = Read("a,b");
        table.RowCount.Should().Be(0);
        table.ToTensor().Shape.Should().Equal(0, 2);
    }

    [Fact]
    public void Read_ByteOrderMark_IsNoPartOfTheFirstName()
    {
        using TemporaryFolder folder = new();
        CsvFile.Read(folder.Write("x.csv", [0xEF, 0xBB, 0xBF, .. "a\n1\n"u8])).ColumnNames.Should().Equal("a");
        CsvFile.Read(folder.Write("x.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("ä\n1\n")])).ColumnNames.Should().Equal("ä");
    }

    [Fact]
    public void Read_Latin1_NeedsItsName()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("x.csv", Encoding.Latin1.GetBytes("name\nMüller\n"));
        CorruptFileException exception = ((Action)(() => CsvFile.Read(path))).Should().Throw<CorruptFileException>().Which;
        exception.Expected.Should().Be("text in UTF-8");
        exception.Offset.Should().Be(5);
        CsvFile.Read(path, new() { Encoding = Encoding.Latin1 })["name"].Texts.Should().Equal("Müller");
    }

    [Fact]
    public void Read_RowOfOtherLength_SaysWhere()
    {
        CorruptFileException exception = ReadCorrupt("a,b\n1,2\n3\n");
        exception.Offset.Should().Be(8);
        exception.Expected.Should().Be("2 fields in row 1, as in the first");
        exception.Found.Should().Be("1");
    }

    [Fact]
    public void Read_QuoteThatDoesNotClose_IsCorrupt() => ReadCorrupt("a,b\n\"1,2\n3,4\n").Expected.Should().Contain("RFC 4180");

    [Fact]
    public void Read_EmptyFile_IsCorrupt() => ReadCorrupt("").Found.Should().Be("no row");

    [Fact]
    public void Read_OneNameTwice_IsCorrupt() => ReadCorrupt("a,a\n1,2\n").Found.Should().Be("'a' twice");

    [Fact]
    public void Read_FieldOfOtherTypeThanAskedFor_SaysWhere()
    {
        CsvOptions options = new() { ColumnTypes = new Dictionary<string, ColumnType> { ["b"] = ColumnType.Number } };
        CorruptFileException exception = ReadCorrupt("a,b\n1,2\n3,x\n", options);
        (exception.Offset, exception.Expected, exception.Found).Should().Be((8, "a Number in column 'b' of row 1", "'x'"));
    }

    [Fact]
    public void Read_TypeOfUnknownColumn_NamesTheColumns()
    {
        CsvOptions options = new() { ColumnTypes = new Dictionary<string, ColumnType> { ["c"] = ColumnType.Number } };
        ((Action)(() => Read("a,b\n1,2\n", options))).Should().Throw<ArgumentException>().WithMessage("*column 'c', the file has 'a', 'b'*");
    }

    private static Table Read(string text, CsvOptions? options = null)
    {
        using TemporaryFolder folder = new();
        return CsvFile.Read(folder.Write("x.csv", Encoding.UTF8.GetBytes(text)), options);
    }

    private static CorruptFileException ReadCorrupt(string text, CsvOptions? options = null) =>
        ((Action)(() => Read(text, options))).Should().Throw<CorruptFileException>().Which;
}
