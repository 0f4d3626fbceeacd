namespace NeuralNet.Datasets.Tests;

public class EncoderTests
{
    private static readonly string?[] s_values = ["pear", "apple", "pear", "Zebra"];

    [Fact]
    public void LabelEncoder_Names_AreNumberedInOrdinalOrder()
    {
        LabelEncoder encoder = new();
        Tensor labels = encoder.FitTransform(s_values);
        encoder.Classes.Should().Equal("Zebra", "apple", "pear");
        labels.DType.Should().Be(DType.Int64);
        labels.ToArray<long>().Should().Equal(2, 1, 2, 0);
        encoder.InverseTransform(labels).Should().Equal(s_values);
        encoder.InverseTransform(labels.Cast(DType.Int32)).Should().Equal(s_values);
    }

    [Fact]
    public void LabelEncoder_GivenClasses_KeepTheirOrder() => new LabelEncoder(["b", "a"]).Transform(["a", "b"]).ToArray<long>().Should().Equal(1, 0);

    [Fact]
    public void OneHotEncoder_Values_BecomeVectors()
    {
        OneHotEncoder encoder = new();
        Tensor vectors = encoder.FitTransform(s_values);
        vectors.Shape.Should().Equal(4, 3);
        vectors.ToArray<float>().Should().Equal(0, 0, 1, 0, 1, 0, 0, 0, 1, 1, 0, 0);
        encoder.InverseTransform(vectors).Should().Equal(s_values);
    }

    [Fact]
    public void OneHotEncoder_IgnoringUnknown_GivesZeros()
    {
        OneHotEncoder encoder = new(ignoreUnknown: true);
        encoder.Fit(["a", null, "b"]);
        encoder.Transform(["b", "c", null]).ToArray<float>().Should().Equal(0, 1, 0, 0, 0, 0);
    }

    [Fact]
    public void Bad_Arguments_AreNamed()
    {
        LabelEncoder encoder = new();
        Throws<InvalidOperationException>(() => encoder.Transform(["a"]), "LabelEncoder: nothing was learned yet.*");
        Throws<ArgumentException>(() => encoder.Fit(["a", null]), "LabelEncoder.Fit: value 1 is missing.*");
        encoder.Fit(["a", "b"]);
        Throws<ArgumentException>(() => encoder.Transform(["a", "c"]), "LabelEncoder.Transform: value 1, 'c', is none of the 2 that were learned: 'a', 'b'.*");
        Throws<ArgumentException>(() => encoder.Transform([null]), "*value 0 is missing*");
        Throws<ArgumentOutOfRangeException>(() => encoder.InverseTransform(Tensor.From([2L], [1])), "*2 is none of 2 classes*");
        Throws<DTypeException>(() => encoder.InverseTransform(Tensor.Zeros(1)), "*Float32*");
        Throws<ShapeException>(() => encoder.InverseTransform(Tensor.Zeros([1, 1], DType.Int64)), "*[1, 1]*");
        Throws<ArgumentException>(() => _ = new LabelEncoder(["a", "a"]), "*the name 1, 'a', is null or stands twice*");
        OneHotEncoder oneHot = new();
        oneHot.Fit(["a", "b"]);
        Throws<ArgumentException>(() => oneHot.Transform(["c"]), "OneHotEncoder.Transform: value 0, 'c'*");
        Throws<ShapeException>(() => oneHot.InverseTransform(Tensor.Zeros(1, 3)), "*vectors of [1, 3]. Give [n, 2].");

        static void Throws<T>(Action action, string message)
            where T : Exception => action.Should().Throw<T>().WithMessage(message);
    }
}
