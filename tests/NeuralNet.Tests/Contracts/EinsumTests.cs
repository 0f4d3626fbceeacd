using CsCheck;
using NeuralNet.Testing;

namespace NeuralNet.Tests.Contracts;

/// <summary>Equations of every kind against loops over all indices, and what is said of wrong ones.</summary>
public sealed class EinsumTests
{
    private const string Letters = "abcD";

    /// <summary>Equations of one to four operands over four letters, with repeated letters, ellipses, and sizes of 0 and 1.</summary>
    private static readonly Gen<Sample> s_samples =
        from seed in Gen.Int
        select Make(new Random(seed));

    [Fact]
    public void Value_OfAnyEquation_IsTheSumByDefinition() => s_samples.Sample(
        sample =>
        {
            RefArray expected = RefEinsum.Compute(sample.Equation, sample.Operands);
            Tensor[] operands = [.. sample.Operands.Select(operand => HostValues.ToTensor(operand, DType.Float64, Device.Cpu))];
            Tensor actual = Tensor.Einsum(sample.Equation, operands);
            Tolerance tolerance = Tolerances.Value(DType.Float64, isElementwise: false, expected.Values);
            return actual.Shape.SequenceEqual(expected.Sizes.Select(size => (long)size))
                && Comparison.Difference(expected.Values, HostValues.ToDoubles(actual), tolerance) is null;
        },
        seed: "0000000000001",
        iter: 4000);

    [Fact]
    public void Shape_OnMeta_IsThatOfTheResult() => s_samples.Sample(
        sample =>
        {
            Tensor[] operands = [.. sample.Operands.Select(operand => HostValues.ToTensor(operand, DType.Float32, Device.Meta))];
            int[] expected = RefEinsum.Compute(sample.Equation, sample.Operands).Sizes;
            return Tensor.Einsum(sample.Equation, operands).Shape.SequenceEqual(expected.Select(size => (long)size));
        },
        seed: "0000000000001",
        iter: 1000);

    [Fact]
    public void Gradients_OfAnyEquation_AreCentralDifferences() => s_samples.Sample(
        sample =>
        {
            Tensor[] operands = [.. sample.Operands.Select(operand => HostValues.ToTensor(operand, DType.Float64, Device.Cpu))];
            GradientCheck.Verify(x => Tensor.Einsum(sample.Equation, [.. x]), operands, tolerance: Tolerances.CentralDifference);
        },
        seed: "0000000000001",
        iter: 200);

    [Theory]
    [InlineData("i$,jk", "'$' at position 1")]
    [InlineData("ij,jk-ik", "'-' at position 5")]
    [InlineData("ij, jk - > ik", "'-' at position 7")]
    [InlineData("ij->i->j", "a second arrow at position 5")]
    [InlineData("ij->i,j", "a comma after the arrow at position 5")]
    [InlineData("ij->ii", "a second 'i' in the result at position 5")]
    [InlineData("ij->ik", "'k', which no operand has at position 5")]
    [InlineData("i..j", "a dot that is no part of an ellipsis at position 1")]
    [InlineData("...i...", "a second ellipsis in a term at position 4")]
    [InlineData("i->......", "a second ellipsis in a term at position 6")]
    [InlineData("é", "'é' at position 0")]
    public void Equation_Unreadable_NamesThePosition(string equation, string message)
    {
        Action call = () => Tensor.Einsum(equation, Tensor.Zeros(2, 2), Tensor.Zeros(2, 2));
        call.Should().Throw<ArgumentException>().WithMessage($"Einsum: {message} of \"{equation}\".*");
    }

    [Fact]
    public void Operands_TooFewOrMany_AreCounted()
    {
        Tensor x = Tensor.Zeros(2, 2);
        FluentActions.Invoking(() => Tensor.Einsum("ij,jk", x)).Should().Throw<ArgumentException>()
            .WithMessage("Einsum: \"ij,jk\" has 2 terms, and there are one operand. Give as many.*");
        FluentActions.Invoking(() => Tensor.Einsum("ij", x, x)).Should().Throw<ArgumentException>()
            .WithMessage("Einsum: \"ij\" has one term*");
        FluentActions.Invoking(() => Tensor.Einsum("")).Should().Throw<ArgumentException>()
            .WithMessage("Einsum: \"\" has one term*0 operands*");
    }

    [Theory]
    [InlineData("ij,jk->ik", new long[] { 2, 3 }, new long[] { 4, 5 }, "Einsum: index 'j' has size 3 in*[2, 3], and size 4 in*[4, 5].*")]
    [InlineData("ii,jk", new long[] { 2, 3 }, new long[] { 4, 5 }, "Einsum: index 'i' has sizes 2 and 3 in operand 0 of [2, 3].*")]
    [InlineData("ii,jk", new long[] { 1, 3 }, new long[] { 4, 5 }, "Einsum: index 'i' has sizes 1 and 3 in operand 0 of [1, 3].*")]
    [InlineData("...,...", new long[] { 2, 3 }, new long[] { 4, 3 }, "Einsum: axis -2 of the ellipsis has size 2 in*size 4 in*")]
    [InlineData("ij,j", new long[] { 2, 3 }, new long[] { 3, 3 }, "Einsum: operand 1 of [3, 3] has 2 axes*\"ij,j\" names 1.*")]
    [InlineData("ijk...,j", new long[] { 2, 3 }, new long[] { 3 }, "Einsum: operand 0 of [2, 3] has 2 axes*names 3.*")]
    public void Shapes_ThatDoNotFit_NameTheIndexAndBothSizes(string equation, long[] a, long[] b, string message)
    {
        Action call = () => Tensor.Einsum(equation, Tensor.Zeros((Shape)a), Tensor.Zeros((Shape)b));
        call.Should().Throw<ShapeException>().WithMessage(message);
    }

    [Fact]
    public void Result_OfMoreThanEightAxes_IsAnError()
    {
        Tensor x = Tensor.Ones(2, 2, 2, 2, 2);
        FluentActions.Invoking(() => Tensor.Einsum("abcde,fghij->abcdefghij", x, x)).Should().Throw<ShapeException>()
            .WithMessage("Einsum: a product of 10 axes*");
        Tensor.Einsum("abcde,fghij->", x, x).Item<float>().Should().Be(1024);
    }

    [Fact]
    public void Value_OfIntegers_IsAnError() => FluentActions.Invoking(() => Tensor.Einsum("i->", Tensor.Arange(3)))
        .Should().Throw<DTypeException>().WithMessage("Einsum: a tensor of Int64*");

    [Fact]
    public void Result_OfAnEquationThatDoesNothing_IsAHandleOfItsOwn()
    {
        Tensor x = Tensor.From([1f, 2]);
        Tensor y = Tensor.Einsum("i->i", x);
        y.Should().NotBeSameAs(x);
        y.ToArray<float>().Should().Equal(1, 2);
    }

    [Fact]
    public void LetterWithoutAnArrow_CapitalsFirst()
    {
        Tensor x = Tensor.Arange(0.0, 6).Reshape(2, 3);
        Tensor.Einsum("bA", x).Shape.Should().Equal(3, 2);
        Tensor.Einsum("Ab", x).Shape.Should().Equal(2, 3);
        Tensor.Einsum("ba", x).ToArray<float>().Should().Equal(0, 3, 1, 4, 2, 5);
    }

    /// <summary>In order the first product would have 2000·2000 elements; the pair of fewest elements comes first instead.</summary>
    [Fact]
    public void Order_OfThreeOperands_MakesTheSmallestProductFirst()
    {
        Device device = Device.CreateCpu(new CpuOptions { Threads = 1 });
        Tensor a = Tensor.Ones([2000], DType.Float32, device);
        Tensor b = Tensor.Ones([2000], DType.Float32, device);
        long before = device.MemoryStatistics.AllocatedBytes;
        Tensor y = Tensor.Einsum("i,j,j->i", a, b, b);
        y.ToArray<float>().Should().OnlyContain(element => element == 2000);
        (device.MemoryStatistics.AllocatedBytes - before).Should().BeLessThan(200_000);
    }

    private static Sample Make(Random random)
    {
        Dictionary<char, int> sizes = Letters.ToDictionary(letter => letter, _ => Size(random));
        int[] further = [Size(random), Size(random)];
        string[] terms = new string[random.Next(1, 5)];
        RefArray[] operands = new RefArray[terms.Length];
        bool hasEllipsis = false;
        for (int i = 0; i < terms.Length; i++)
        {
            char[] letters = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Letters[random.Next(Letters.Length)])];
            Dictionary<char, int> own = letters.Distinct().ToDictionary(letter => letter, letter => Stretched(sizes[letter]));
            List<int> shape = [.. letters.Select(letter => own[letter])];
            terms[i] = new(letters);
            if (random.Next(3) == 0)
            {
                hasEllipsis = true;
                int place = random.Next(letters.Length + 1);
                terms[i] = terms[i].Insert(place, "...");
                shape.InsertRange(place, further[random.Next(3)..].Select(Stretched));
            }
            operands[i] = Domain.Any.Draw([.. shape], random.Next());
        }
        return new(string.Join(", ", terms) + Output(random, terms, hasEllipsis), operands);

        int Stretched(int size) => random.Next(6) == 0 ? 1 : size;
    }

    private static int Size(Random random) => random.Next(12) == 0 ? 0 : random.Next(1, 4);

    private static string Output(Random random, string[] terms, bool hasEllipsis)
    {
        if (random.Next(3) == 0)
            return "";
        char[] letters = [.. string.Concat(terms).Where(char.IsAsciiLetter).Distinct().Where(_ => random.Next(2) == 0)];
        random.Shuffle(letters);
        string output = new(letters);
        return " -> " + (hasEllipsis && random.Next(3) > 0 ? output.Insert(random.Next(output.Length + 1), "...") : output);
    }

    private sealed record Sample(string Equation, RefArray[] Operands)
    {
        public override string ToString() => $"{Equation} of {string.Join(" and ", Operands.Select(operand => operand.ToString()))}";
    }
}
