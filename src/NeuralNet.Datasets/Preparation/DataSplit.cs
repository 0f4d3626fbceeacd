namespace NeuralNet.Datasets;

/// <summary>Which examples to train with, and which to test with: numbers of rows, both in rising order.</summary>
/// <param name="Train">The numbers of the examples to train with.</param>
/// <param name="Test">The numbers of the examples to test with.</param>
/// <example>
/// <code>
/// DataSplit split = DataSplit.Stratified(labels, testFraction: 0.2);
/// (Tensor xTrain, Tensor xTest) = split.Of(x);
/// (Tensor yTrain, Tensor yTest) = split.Of(labels);
/// </code>
/// </example>
public sealed record DataSplit(long[] Train, long[] Test)
{
    private const double DefaultTestFraction = 0.2;
    private const int DefaultFolds = 5;

    /// <summary>Draws the examples to test with.</summary>
    /// <param name="count">The number of examples.</param>
    /// <param name="testFraction">The fraction to test with, in (0, 1); the number is rounded.</param>
    /// <param name="generator">Draws them; <see cref="RandomGenerator.Current"/> if left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction leaves one part empty.</exception>
    public static DataSplit Random(long count, double testFraction = DefaultTestFraction, RandomGenerator? generator = null)
    {
        int total = CheckedCount(count);
        int testCount = TestCount(total, testFraction, nameof(Random));
        long[] order = (generator ?? RandomGenerator.Current).Permutation(total);
        return FromTest(total, order.AsSpan(0, testCount));
    }

    /// <summary>Draws the examples to test with so that each class has its share in both parts.</summary>
    /// <param name="labels">The class of each example, [n] of Int64 or Int32.</param>
    /// <param name="testFraction">The fraction to test with, in (0, 1). The number is rounded, and given to the classes by largest
    /// remainder.</param>
    /// <param name="generator">Draws them; <see cref="RandomGenerator.Current"/> if left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction leaves one part empty.</exception>
    /// <exception cref="ShapeException">The labels have not one axis.</exception>
    /// <exception cref="DTypeException">The labels are no integers.</exception>
    public static DataSplit Stratified(Tensor labels, double testFraction = DefaultTestFraction, RandomGenerator? generator = null)
    {
        long[][] classes = MembersOfClasses(labels, nameof(Stratified));
        int total = classes.Sum(members => members.Length);
        int testCount = TestCount(total, testFraction, nameof(Stratified));
        int[] shares = [.. classes.Select(members => (int)(members.Length * testFraction))];
        foreach (int index in Enumerable.Range(0, classes.Length)
            .OrderByDescending(index => classes[index].Length * testFraction - shares[index])
            .Take(Math.Max(0, testCount - shares.Sum())))
        {
            shares[index]++;
        }
        generator ??= RandomGenerator.Current;
        List<long> test = [];
        for (int i = 0; i < classes.Length; i++)
        {
            generator.Shuffle(classes[i].AsSpan());
            test.AddRange(classes[i].AsSpan(0, shares[i]));
        }
        return FromTest(total, test.ToArray());
    }

    /// <summary>Makes splits for cross-validation: each example is tested with in one of them.</summary>
    /// <param name="count">The number of examples.</param>
    /// <param name="folds">The number of splits.</param>
    /// <param name="shuffle">Whether the examples are drawn at random, or taken in their order.</param>
    /// <param name="generator">Draws them; <see cref="RandomGenerator.Current"/> if left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two folds, or fewer examples than folds.</exception>
    public static IReadOnlyList<DataSplit> KFold(long count, int folds = DefaultFolds, bool shuffle = true, RandomGenerator? generator = null)
    {
        int total = CheckedCount(count);
        CheckFolds(total, folds, nameof(KFold));
        long[] order = shuffle ? (generator ?? RandomGenerator.Current).Permutation(total) : [.. Enumerable.Range(0, total).Select(i => (long)i)];
        DataSplit[] splits = new DataSplit[folds];
        int start = 0;
        for (int fold = 0; fold < folds; fold++)
        {
            // The first folds take what does not divide.
            int size = total / folds + (fold < total % folds ? 1 : 0);
            splits[fold] = FromTest(total, order.AsSpan(start, size));
            start += size;
        }
        return splits;
    }

    /// <summary>Makes splits for cross-validation in which each class has its share of every fold.</summary>
    /// <param name="labels">The class of each example, [n] of Int64 or Int32.</param>
    /// <param name="folds">The number of splits.</param>
    /// <param name="shuffle">Whether the members of a class are dealt out at random, or in their order.</param>
    /// <param name="generator">Draws them; <see cref="RandomGenerator.Current"/> if left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two folds, or fewer examples than folds.</exception>
    /// <exception cref="ShapeException">The labels have not one axis.</exception>
    /// <exception cref="DTypeException">The labels are no integers.</exception>
    public static IReadOnlyList<DataSplit> StratifiedKFold(
        Tensor labels,
        int folds = DefaultFolds,
        bool shuffle = true,
        RandomGenerator? generator = null)
    {
        long[][] classes = MembersOfClasses(labels, nameof(StratifiedKFold));
        int total = classes.Sum(members => members.Length);
        CheckFolds(total, folds, nameof(StratifiedKFold));
        generator ??= RandomGenerator.Current;
        List<long>[] tests = [.. Enumerable.Range(0, folds).Select(_ => new List<long>())];
        int dealt = 0;
        foreach (long[] members in classes)
        {
            if (shuffle)
                generator.Shuffle(members.AsSpan());
            // Each class goes on where the last one stopped, so that the folds differ by one at the most.
            foreach (long member in members)
                tests[dealt++ % folds].Add(member);
        }
        return [.. tests.Select(test => FromTest(total, test.ToArray()))];
    }

    /// <summary>Takes both parts of a tensor along its first axis.</summary>
    /// <exception cref="ShapeException">The tensor has another number of examples.</exception>
    public (Tensor Train, Tensor Test) Of(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Rank == 0 || tensor.Shape[0] != Train.Length + Test.Length)
        {
            throw new ShapeException($"DataSplit: a split of {Train.Length + Test.Length} examples, a tensor of {tensor.Shape}. Give one whose first "
                + "axis counts the examples.");
        }
        return (Take(tensor, Train), Take(tensor, Test));
    }

    /// <summary>Takes both parts of the rows of a table.</summary>
    /// <exception cref="ArgumentException">The table has another number of rows.</exception>
    public (Table Train, Table Test) Of(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.RowCount != Train.Length + Test.Length)
        {
            throw new ArgumentException($"DataSplit: a split of {Train.Length + Test.Length} examples, a table of {table.RowCount} rows. Give one with "
                + "as many.", nameof(table));
        }
        return (table.Rows(Train), table.Rows(Test));
    }

    private static Tensor Take(Tensor tensor, long[] rows) => tensor.IndexSelect(0, Tensor.From(rows, [rows.Length], tensor.Device));

    private static DataSplit FromTest(int total, ReadOnlySpan<long> test)
    {
        bool[] isTest = new bool[total];
        foreach (long index in test)
            isTest[index] = true;
        return new(
            [.. Enumerable.Range(0, total).Where(i => !isTest[i]).Select(i => (long)i)],
            [.. Enumerable.Range(0, total).Where(i => isTest[i]).Select(i => (long)i)]);
    }

    /// <summary>The numbers of the examples of each class, classes in rising order.</summary>
    private static long[][] MembersOfClasses(Tensor labels, string where)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Rank != 1)
            throw new ShapeException($"DataSplit.{where}: labels of {labels.Shape}. Give one class for each example: [n].");
        if (!labels.DType.IsInteger())
            throw new DTypeException($"DataSplit.{where}: labels of {labels.DType}. Give classes as Int64, such as LabelEncoder makes.");
        long[] classes = labels.Cast(DType.Int64).ToArray<long>();
        return [.. Enumerable.Range(0, classes.Length).GroupBy(i => classes[i]).OrderBy(group => group.Key).Select(group => group.Select(i => (long)i).ToArray())];
    }

    private static int CheckedCount(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, int.MaxValue);
        return (int)count;
    }

    private static int TestCount(int total, double testFraction, string where)
    {
        double count = Math.Round(total * testFraction);
        return count >= 1 && count < total ? (int)count : throw new ArgumentOutOfRangeException(
            nameof(testFraction),
            testFraction,
            $"DataSplit.{where}: a test fraction of {testFraction} leaves one part of the {total} examples empty. Use a fraction between 0 and 1, "
                + "such as 0.2.");
    }

    private static void CheckFolds(int total, int folds, string where)
    {
        if (folds < 2 || folds > total)
        {
            throw new ArgumentOutOfRangeException(
                nameof(folds),
                folds,
                $"DataSplit.{where}: {folds} folds of {total} examples. Use 2 at least, and at most one for each example.");
        }
    }
}
