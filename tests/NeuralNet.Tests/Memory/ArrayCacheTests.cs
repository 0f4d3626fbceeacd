using NeuralNet.Memory;

namespace NeuralNet.Tests;

public sealed class ArrayCacheTests
{
    [Theory]
    [InlineData(0, 64)]
    [InlineData(1, 64)]
    [InlineData(64, 64)]
    [InlineData(65, 128)]
    [InlineData(321, 384)]
    [InlineData(1000, 1024)]
    [InlineData(1024, 1024)]
    [InlineData(1025, 1280)]
    [InlineData(2560, 2560)]
    [InlineData(4095, 4096)]
    [InlineData(ArrayCache.LargestLength, 4096)]
    public void Rent_OfALength_GivesAnArrayOfTheNextSizeClass(int length, int expected) =>
        ArrayCache.Rent(length).Length.Should().Be(expected);

    [Fact]
    public void Rent_AfterReturn_GivesTheSameArrayOnce()
    {
        byte[] array = ArrayCache.Rent(390);
        ArrayCache.Return(array);
        ArrayCache.Rent(440).Should().BeSameAs(array);
        ArrayCache.Rent(440).Should().NotBeSameAs(array);
    }

    [Fact]
    public void Return_OfManyArrays_KeepsAFew()
    {
        byte[][] arrays = [.. Enumerable.Range(0, 100).Select(_ => ArrayCache.Rent(2000))];
        foreach (byte[] array in arrays)
            ArrayCache.Return(array);
        byte[][] again = [.. Enumerable.Range(0, 100).Select(_ => ArrayCache.Rent(2000))];
        again.Intersect(arrays).Should().HaveCountLessThan(20).And.NotBeEmpty();
        again.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Tensor_EndedByItsScope_LeavesItsArrayToTheNext()
    {
        Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            Step();
        ((GC.GetAllocatedBytesForCurrentThread() - before) / 100).Should().BeLessThan(1000, "the array of 4000 bytes is used again");

        static void Step()
        {
            using TensorScope scope = new();
            Tensor.Ones(1000);
        }
    }

    [Fact]
    public void Tensor_DroppedAndCollected_NeverSharesItsArray()
    {
        Tensor kept = Tensor.Full([500], 7f);
        for (int i = 0; i < 1000; i++)
            _ = Tensor.Full([500], (float)i);
        GC.Collect();
        for (int i = 0; i < 1000; i++)
        {
            using TensorScope scope = new();
            _ = Tensor.Full([500], (float)i);
        }
        kept.ToArray<float>().Should().OnlyContain(x => x == 7);
    }
}
