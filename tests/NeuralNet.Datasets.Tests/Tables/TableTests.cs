namespace NeuralNet.Datasets.Tests;

public class TableTests
{
    private static readonly Table s_table = new(
        new TableColumn("x", [1, double.NaN, 4, 1]),
        new TableColumn("kind", ["b", "a", null, "b"]));

    [Fact]
    public void Select_AndWithout_KeepTheOtherColumns()
    {
        s_table.Select("kind", "x").ColumnNames.Should().Equal("kind", "x");
        s_table.Without("kind").ColumnNames.Should().Equal("x");
        s_table.Rows(3, 0).Columns[1].Texts.Should().Equal("b", "b");
    }

    [Fact]
    public void Indexer_UnknownName_NamesTheColumns() =>
        ((Action)(() => _ = s_table["y"])).Should().Throw<ArgumentException>().WithMessage("Table: no column is named 'y'. There are 'x', 'kind'.*");

    [Theory]
    [InlineData(MissingValues.Mean, 2)]
    [InlineData(MissingValues.Median, 1)]
    [InlineData(MissingValues.MostFrequent, 1)]
    public void FillMissing_Strategies_FillNumbers(MissingValues strategy, double expected)
    {
        Table filled = s_table.FillMissing(strategy);
        filled["x"].Numbers.Should().Equal(1, expected, 4, 1);
        filled["kind"].Texts.Should().Equal("b", "a", "b", "b");
        filled.Columns.Sum(column => column.MissingCount).Should().Be(0);
    }

    [Fact]
    public void FillMissing_EvenCount_TakesTheMiddleOfTwo() =>
        new Table(new TableColumn("x", [5, 1, double.NaN, 2, 3])).FillMissing(MissingValues.Median)["x"].Numbers[2].Should().Be(2.5);

    [Fact]
    public void FillMissing_NothingThere_SaysColumn() =>
        ((Action)(() => new Table(new TableColumn("x", [double.NaN])).FillMissing())).Should().Throw<InvalidOperationException>()
            .WithMessage("Column 'x': all of its 1 values are missing*");

    [Fact]
    public void DropMissing_LeavesWholeRows()
    {
        Table whole = s_table.DropMissing();
        whole["x"].Numbers.Should().Equal(1, 1);
        whole["kind"].Texts.Should().Equal("b", "b");
    }

    [Fact]
    public void OneHot_Text_BecomesAColumnForEachCategory()
    {
        Table table = s_table.OneHot();
        table.ColumnNames.Should().Equal("x", "kind=a", "kind=b");
        table["kind=a"].Numbers.Should().Equal(0, 1, 0, 0);
        table["kind=b"].Numbers.Should().Equal(1, 0, 0, 1);
        ((Action)(() => s_table.OneHot("x"))).Should().Throw<InvalidOperationException>().WithMessage("Column 'x' holds numbers*");
    }

    [Fact]
    public void ToTensor_Numbers_KeepsNaN()
    {
        Tensor tensor = s_table.Without("kind").ToTensor(DType.Float64);
        tensor.Shape.Should().Equal(4, 1);
        tensor.ToArray<double>().Should().Equal(1, double.NaN, 4, 1);
        s_table["x"].ToTensor().Shape.Should().Equal(4);
    }

    [Fact]
    public void ToTensor_Text_SaysWhichColumn() =>
        ((Action)(() => s_table.ToTensor())).Should().Throw<InvalidOperationException>().WithMessage("*column 'kind' holds text, such as 'b'*OneHot*");

    [Fact]
    public void ToTensor_Integers_SaysWhy() =>
        ((Action)(() => s_table.ToTensor(DType.Int64))).Should().Throw<DTypeException>().WithMessage("*no NaN*");

    [Fact]
    public void Constructor_UnequalColumns_SaysBoth()
    {
        ((Action)(() => _ = new Table(new TableColumn("x", [1]), new TableColumn("y", [1, 2])))).Should().Throw<ArgumentException>()
            .WithMessage("Table: column 'x' has 1 values, column 'y' 2.*");
        ((Action)(() => _ = new Table(new TableColumn("x", [1]), new TableColumn("x", [2])))).Should().Throw<ArgumentException>()
            .WithMessage("Table: two columns are named 'x'.*");
    }
}
