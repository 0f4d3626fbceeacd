namespace NeuralNet.Datasets.Tests;

/// <summary>The embedded tables beside the summaries that their sources give.</summary>
public class EmbeddedTableTests
{
    [Fact]
    public void Iris_Load_HasFishersMeans()
    {
        ClassificationData data = Iris.Load();
        data.Features.Shape.Should().Equal(Iris.Count, 4);
        Means(data.Features).Should().Equal(5.8433, 3.0573, 3.758, 1.1993);
        data.ClassNames.Should().Equal("setosa", "versicolor", "virginica");
        Counts(data.Labels).Should().Equal(50, 50, 50);
        data.FeatureNames[2].Should().Be("petal length (cm)");
    }

    [Fact]
    public void Wine_Load_HasItsClasses()
    {
        ClassificationData data = Wine.Load();
        data.Features.Shape.Should().Equal(Wine.Count, 13);
        Counts(data.Labels).Should().Equal(59, 71, 48);
        Means(data.Features)[0].Should().Be(13.0006);
        Means(data.Features)[12].Should().BeApproximately(746.8933, 1e-3);
    }

    [Fact]
    public void BreastCancer_Load_HasItsClasses()
    {
        ClassificationData data = BreastCancer.Load();
        data.Features.Shape.Should().Equal(BreastCancer.Count, 30);
        Counts(data.Labels).Should().Equal(212, 357);
        data.ClassNames.Should().Equal("malignant", "benign");
        Means(data.Features)[0].Should().Be(14.1273);
    }

    [Fact]
    public void Diabetes_Load_HasItsTargets()
    {
        RegressionData data = Diabetes.Load();
        data.Features.Shape.Should().Equal(Diabetes.Count, 10);
        data.Targets.Shape.Should().Equal(Diabetes.Count, 1);
        data.Targets.Min().Item<float>().Should().Be(25);
        data.Targets.Max().Item<float>().Should().Be(346);
        Means(data.Targets).Should().Equal(152.1335);
        Means(data.Features)[2].Should().Be(26.3758);
        data.FeatureNames.Should().HaveCount(10).And.NotContain(data.TargetName);
    }

    [Fact]
    public void Tables_Load_MissNothing()
    {
        foreach (Table table in (Table[])[Iris.LoadTable(), Wine.LoadTable(), BreastCancer.LoadTable(), Diabetes.LoadTable()])
            table.Columns.Sum(column => column.MissingCount).Should().Be(0);
    }

    private static double[] Means(Tensor features) =>
        Array.ConvertAll(features.Cast(DType.Float64).Mean(0).ToArray<double>(), mean => Math.Round(mean, 4));

    private static IEnumerable<int> Counts(Tensor labels) => labels.ToArray<long>().GroupBy(label => label).OrderBy(group => group.Key).Select(group => group.Count());
}
