namespace NeuralNet.Tests;

public sealed class RandomGeneratorAmbientTests
{
    [Fact]
    public void Use_Nested_InnermostIsCurrentAndUndone()
    {
        RandomGenerator before = RandomGenerator.Current;
        RandomGenerator outer = new(1);
        RandomGenerator inner = new(2);

        using (RandomGenerator.Use(outer))
        {
            using (RandomGenerator.Use(inner))
                RandomGenerator.Current.Should().BeSameAs(inner);
            RandomGenerator.Current.Should().BeSameAs(outer);
        }
        RandomGenerator.Current.Should().BeSameAs(before);
    }

    [Fact]
    public void Use_DisposedTwice_UndoesOnce()
    {
        using IDisposable outer = RandomGenerator.Use(new RandomGenerator(1));
        RandomGenerator expected = RandomGenerator.Current;
        IDisposable inner = RandomGenerator.Use(new RandomGenerator(2));
        inner.Dispose();
        RandomGenerator later = new(3);
        using (RandomGenerator.Use(later))
        {
            inner.Dispose();
            RandomGenerator.Current.Should().BeSameAs(later);
        }
        RandomGenerator.Current.Should().BeSameAs(expected);
    }

    [Fact]
    public async Task Use_AcrossAwait_Flows()
    {
        RandomGenerator generator = new(1);
        using (RandomGenerator.Use(generator))
        {
            await Task.Yield();
            RandomGenerator.Current.Should().BeSameAs(generator);
            (await Task.Run(() => RandomGenerator.Current)).Should().BeSameAs(generator);
        }
        RandomGenerator.Current.Should().NotBeSameAs(generator);
    }

    [Fact]
    public async Task Use_InAnotherFlow_StaysThere()
    {
        RandomGenerator before = RandomGenerator.Current;
        RandomGenerator inside = new(1);
        TaskCompletionSource entered = new();
        TaskCompletionSource leave = new();
        Task<RandomGenerator> other = Task.Run(async () =>
        {
            using IDisposable scope = RandomGenerator.Use(inside);
            entered.SetResult();
            await leave.Task;
            return RandomGenerator.Current;
        });

        await entered.Task;
        RandomGenerator.Current.Should().BeSameAs(before);
        leave.SetResult();
        (await other).Should().BeSameAs(inside);
    }

    [Fact]
    public void Use_Null_Throws() => FluentActions.Invoking(() => RandomGenerator.Use(null!)).Should().Throw<ArgumentNullException>();

    [Fact]
    public void Default_Null_Throws() =>
        FluentActions.Invoking(() => RandomGenerator.Default = null!).Should().Throw<ArgumentNullException>();
}
