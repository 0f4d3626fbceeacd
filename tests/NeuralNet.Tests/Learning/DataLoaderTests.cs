namespace NeuralNet.Tests.Learning;

public sealed class DataLoaderTests
{
    private static readonly TensorDataset s_ten = new(Tensor.Arange(0.0, 20).Reshape(10, 2), Tensor.Arange(10));

    [Fact]
    public void GetEnumerator_InOrder_GivesFullBatchesAndTheRest()
    {
        DataLoader loader = new(s_ten, batchSize: 4);
        loader.Count.Should().Be(3);
        Batch[] batches = [.. loader];
        batches.Select(batch => batch.Count).Should().Equal(4, 4, 2);
        batches[1].Inputs.ToArray<float>().Should().Equal(8, 9, 10, 11, 12, 13, 14, 15);
        batches[1].Inputs.Shape.ToString().Should().Be("[4, 2]");
        Labels(loader).Should().Equal(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    [Theory]
    [InlineData(4, 2, 8)]
    [InlineData(5, 2, 10)]
    [InlineData(11, 0, 0)]
    public void GetEnumerator_DroppingTheLast_GivesFullBatchesOnly(int batchSize, int batches, int examples)
    {
        DataLoader loader = new(s_ten, batchSize, dropLast: true);
        loader.Count.Should().Be(batches);
        loader.Should().HaveCount(batches);
        Labels(loader).Should().HaveCount(examples);
    }

    [Fact]
    public void GetEnumerator_WithABatchLargerThanTheData_GivesOneSmallerBatch()
    {
        DataLoader loader = new(s_ten, batchSize: 1000);
        loader.Should().ContainSingle().Which.Count.Should().Be(10);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void GetEnumerator_OfEmptyData_GivesNothing(bool shuffle)
    {
        DataLoader loader = new(new TensorDataset(Tensor.Zeros(0, 3), Tensor.Zeros([0], DType.Int64)), batchSize: 4, shuffle: shuffle);
        loader.Count.Should().Be(0);
        loader.Should().BeEmpty();
    }

    [Fact]
    public void GetEnumerator_Shuffled_GivesEachExampleOnceWithItsOwnTarget()
    {
        DataLoader loader = new(s_ten, batchSize: 3, shuffle: true, generator: new(1));
        long[] labels = Labels(loader);
        labels.Should().BeEquivalentTo(Enumerable.Range(0, 10)).And.NotBeInAscendingOrder();
        foreach ((Tensor x, Tensor y) in loader)
            x[.., 0].ToArray<float>().Should().Equal(y.ToArray<long>().Select(label => 2f * label));
    }

    [Fact]
    public void GetEnumerator_ShuffledBySeed_RepeatsAndDiffersByEpochAndSeed()
    {
        DataLoader first = new(s_ten, batchSize: 3, shuffle: true, generator: new(1));
        DataLoader again = new(s_ten, batchSize: 10, shuffle: true, generator: new(1));
        DataLoader other = new(s_ten, batchSize: 3, shuffle: true, generator: new(2));
        long[] epoch1 = Labels(first);
        long[] epoch2 = Labels(first);
        epoch2.Should().NotEqual(epoch1);
        Labels(again).Should().Equal(epoch1, "the order does not depend on the size of batches");
        Labels(again).Should().Equal(epoch2);
        Labels(other).Should().NotEqual(epoch1);
    }

    [Fact]
    public void GetEnumerator_ShuffledWithoutGenerator_DrawsFromTheCurrentOne()
    {
        DataLoader ambient = new(s_ten, batchSize: 3, shuffle: true);
        using (RandomGenerator.Use(new RandomGenerator(1)))
            Labels(ambient).Should().Equal(Labels(new(s_ten, batchSize: 3, shuffle: true, generator: new(1))));
    }

    [Fact]
    public void GetEnumerator_Unshuffled_DrawsNothing()
    {
        RandomGenerator generator = new(1);
        Labels(new(s_ten, batchSize: 3, generator: generator));
        generator.Position.Should().Be(0);
    }

    [Fact]
    public void GetEnumerator_TwiceAtOnce_AreTwoEpochs()
    {
        DataLoader loader = new(s_ten, batchSize: 5);
        loader.Zip(loader)
            .Should().OnlyContain(pair => pair.First.Targets.ToArray<long>().SequenceEqual(pair.Second.Targets.ToArray<long>()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Create_WithoutAPositiveBatchSize_Throws(int batchSize) => ((Action)(() => _ = new DataLoader(s_ten, batchSize)))
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage($"DataLoader: batchSize is {batchSize}. Give a size of at least 1.*");

    [Fact]
    public void Create_OfTooManyExamples_Throws() =>
        ((Action)(() => _ = new DataLoader(new Endless())))
            .Should().Throw<ArgumentException>().WithMessage("DataLoader: 2147483648 examples. *");

    [Fact]
    public void GetEnumerator_OfAUsersDataset_AsksForItsBatches()
    {
        DataLoader loader = new(new Squares(), batchSize: 2);
        loader.SelectMany(batch => batch[2].ToArray<float>()).Should().Equal(0, 1, 4, 9, 16);
    }

    [Fact]
    public void TensorDataset_OverATensorThatRequiresAGradient_PassesItOn()
    {
        Tensor table = Tensor.Zeros(3, 2).RequireGrad();
        new TensorDataset(table).GetBatch([2, 0, 2]).Inputs.Sum().Backward();
        table.Grad!.ToArray<float>().Should().Equal(1, 1, 0, 0, 2, 2);
    }

    [Fact]
    public void Batch_WithoutParts_Throws()
    {
        ((Action)(() => _ = new Batch())).Should().Throw<ArgumentException>().WithMessage("Batch: no parts. Give one tensor at least.*");
        ((Action)(() => _ = new Batch([null!]))).Should().Throw<ArgumentNullException>().WithMessage("Batch: part 0 of 1 is null.*");
    }

    [Fact]
    public void Batch_OfOnePart_HasNoTargets()
    {
        Batch batch = new TensorDataset(Tensor.Zeros(3, 2)).GetBatch([1]);
        ((Action)(() => (_, _) = batch)).Should().Throw<InvalidOperationException>().WithMessage("Batch: 1 part, no targets. *");
        ((Action)(() => _ = batch[1])).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Batch: part 1 of 1.*");
    }

    [Fact]
    public void TensorDataset_OfDifferentCounts_Throws() =>
        ((Action)(() => _ = new TensorDataset(Tensor.Zeros(3, 2), Tensor.Zeros(4)))).Should().Throw<ShapeException>()
            .WithMessage("TensorDataset: tensor 0 of [3, 2] and tensor 1 of [4] differ in the number of examples, *");

    [Fact]
    public void TensorDataset_OfNothingOrScalars_Throws()
    {
        ((Action)(() => _ = new TensorDataset())).Should().Throw<ShapeException>().WithMessage("TensorDataset: no tensors. *");
        ((Action)(() => _ = new TensorDataset(Tensor.FromScalar(1f))))
            .Should().Throw<ShapeException>().WithMessage("TensorDataset: tensor 0 is a scalar. *");
        ((Action)(() => _ = new TensorDataset(Tensor.Zeros(2), null!))).Should().Throw<ArgumentNullException>();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    public void GetBatch_WithANumberOutOfRange_Throws(long index) => ((Action)(() => s_ten.GetBatch([0, index])))
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage($"TensorDataset: example {index} of 10. Stay within [0, 10).*");

    [Fact]
    public void GetBatch_OfStridedData_TakesLogicalRows()
    {
        TensorDataset data = new(Tensor.Arange(0.0, 6).Reshape(2, 3).Transpose());
        data.GetBatch([2, 0, 2]).Inputs.ToArray<float>().Should().Equal(2, 5, 0, 3, 2, 5);
    }

    [Fact]
    public void GetBatch_OfNothing_IsEmpty() => s_ten.GetBatch([]).Inputs.Shape.ToString().Should().Be("[0, 2]");

    [Fact]
    public void TensorDataset_MadeInAScope_OutlivesIt()
    {
        TensorDataset data;
        using (new TensorScope())
            data = new(Tensor.Ones(3, 2));
        data.GetBatch([1]).Inputs.ToArray<float>().Should().Equal(1, 1);
    }

    private static long[] Labels(DataLoader loader) => [.. loader.SelectMany(batch => batch.Targets.ToArray<long>())];

    private sealed class Endless : Dataset
    {
        public override long Count => 1L << 31;

        public override Batch GetBatch(ReadOnlySpan<long> indices) => throw new InvalidOperationException("There is no need to ask.");
    }

    private sealed class Squares : Dataset
    {
        public override long Count => 5;

        public override Batch GetBatch(ReadOnlySpan<long> indices)
        {
            Tensor x = Tensor.From(indices, new Shape(indices.Length)).Cast(DType.Float32);
            return new(x, x + 1, x * x);
        }
    }
}
