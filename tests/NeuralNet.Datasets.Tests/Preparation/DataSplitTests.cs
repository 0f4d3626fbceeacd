using CsCheck;

namespace NeuralNet.Datasets.Tests;

public class DataSplitTests
{
    [Fact]
    public void Random_AnyCount_PartsAreDisjointAndWhole() =>
        Gen.Select(Gen.Int[2, 200], Gen.Double[0.01, 0.99], Gen.ULong).Sample(
            (count, fraction, seed) =>
            {
                if (Math.Round(count * fraction) is 0 || Math.Round(count * fraction) == count)
                    return;
                DataSplit split = DataSplit.Random(count, fraction, new(seed));
                CheckWhole(split, count);
                split.Test.Should().HaveCount((int)Math.Round(count * fraction));
            },
            seed: "0000KOIPe036", iter: 200, threads: 1);

    [Fact]
    public void Random_Seeds_DecideTheSplit()
    {
        DataSplit.Random(100, generator: new(1)).Test.Should().Equal(DataSplit.Random(100, generator: new(1)).Test);
        DataSplit.Random(100, generator: new(1)).Test.Should().NotEqual(DataSplit.Random(100, generator: new(2)).Test);
    }

    [Fact]
    public void Stratified_AnyLabels_EachClassHasItsShare() =>
        Gen.Select(Gen.Long[0, 4].Array[10, 120], Gen.Double[0.1, 0.9], Gen.ULong).Sample(
            (labels, fraction, seed) =>
            {
                DataSplit split = DataSplit.Stratified(Tensor.From(labels, [labels.Length]), fraction, new(seed));
                CheckWhole(split, labels.Length);
                split.Test.Should().HaveCount((int)Math.Round(labels.Length * fraction));
                foreach (IGrouping<long, long> group in labels.GroupBy(label => label))
                {
                    double share = group.Count() * fraction;
                    split.Test.Count(index => labels[index] == group.Key).Should().BeInRange((int)Math.Floor(share), (int)Math.Ceiling(share));
                }
            },
            seed: "0000KOIPe036", iter: 200, threads: 1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void KFold_AnyCount_TestsEachExampleOnce(bool shuffle)
    {
        IReadOnlyList<DataSplit> splits = DataSplit.KFold(23, folds: 4, shuffle, new(3));
        splits.Select(split => split.Test.Length).Should().Equal(6, 6, 6, 5);
        splits.SelectMany(split => split.Test).Order().Should().Equal(Enumerable.Range(0, 23).Select(i => (long)i));
        foreach (DataSplit split in splits)
            CheckWhole(split, 23);
        splits[0].Test.SequenceEqual([0L, 1, 2, 3, 4, 5]).Should().Be(!shuffle);
    }

    [Fact]
    public void StratifiedKFold_Labels_AreSharedOut()
    {
        long[] labels = [.. Enumerable.Repeat(7L, 50), .. Enumerable.Repeat(3L, 31)];
        IReadOnlyList<DataSplit> splits = DataSplit.StratifiedKFold(Tensor.From(labels, [labels.Length]), folds: 5, generator: new(1));
        foreach (DataSplit split in splits)
        {
            CheckWhole(split, labels.Length);
            split.Test.Count(index => labels[index] == 7).Should().Be(10);
            split.Test.Count(index => labels[index] == 3).Should().BeInRange(6, 7);
        }
        splits.SelectMany(split => split.Test).Distinct().Should().HaveCount(81);
    }

    [Fact]
    public void Of_TensorAndTable_TakeTheSameRows()
    {
        DataSplit split = DataSplit.Random(5, 0.4, new(1));
        (Tensor train, Tensor test) = split.Of(Tensor.Arange(0, 10).Reshape(5, 2));
        train[.., 0].ToArray<long>().Should().Equal(split.Train.Select(i => 2 * i));
        test[.., 1].ToArray<long>().Should().Equal(split.Test.Select(i => 2 * i + 1));
        (Table trainRows, Table testRows) = split.Of(new Table(new TableColumn("x", [0, 1, 2, 3, 4])));
        trainRows["x"].Numbers.Should().Equal(split.Train.Select(i => (double)i));
        testRows["x"].Numbers.Should().Equal(split.Test.Select(i => (double)i));
    }

    [Fact]
    public void Bad_Arguments_AreNamed()
    {
        Throws<ArgumentOutOfRangeException>(() => DataSplit.Random(10, 1.5), "*a test fraction of 1.5 leaves one part of the 10 examples empty*");
        Throws<ArgumentOutOfRangeException>(() => DataSplit.Random(10, double.NaN), "*NaN*");
        Throws<ArgumentOutOfRangeException>(() => DataSplit.Random(0), "*0 examples*");
        Throws<ArgumentOutOfRangeException>(() => DataSplit.KFold(3, 4), "*4 folds of 3 examples*");
        Throws<ArgumentOutOfRangeException>(() => DataSplit.KFold(3, 1), "*1 folds*");
        Throws<ShapeException>(() => DataSplit.Stratified(Tensor.Zeros([4, 1], DType.Int64)), "*labels of [4, 1]*");
        Throws<DTypeException>(() => DataSplit.Stratified(Tensor.Zeros(4)), "*labels of Float32*");
        Throws<ShapeException>(() => DataSplit.Random(5).Of(Tensor.Zeros(4, 2)), "*a split of 5 examples, a tensor of [4, 2]*");
        Throws<ArgumentException>(() => DataSplit.Random(5).Of(new Table(new TableColumn("x", [1]))), "*5 examples, a table of 1 rows*");
    }

    private static void Throws<T>(Action action, string message)
        where T : Exception => action.Should().Throw<T>().WithMessage(message);

    private static void CheckWhole(DataSplit split, int count)
    {
        split.Train.Should().BeInAscendingOrder();
        split.Test.Should().BeInAscendingOrder();
        split.Train.Concat(split.Test).Order().Should().Equal(Enumerable.Range(0, count).Select(i => (long)i));
    }
}
