namespace NeuralNet.Gpu.Tests;

/// <summary>Products that are large enough for the kernel of large tiles, with borders that they do not fill.</summary>
public sealed class GpuProductTests : IDisposable
{
    public GpuProductTests() => SetLibrary(isUsed: false);

    public void Dispose() => SetLibrary(isUsed: true);

    [GpuTheory]
    [InlineData(1500, 1300, 43, false, false)]
    [InlineData(1409, 1537, 19, true, true)]
    public void MatMul_OfLargeMatrices_IsThatOfTheProcessor(int m, int n, int k, bool isTransposedA, bool isTransposedB)
    {
        Tensor a = Matrix(m, k, isTransposedA, 1);
        Tensor b = Matrix(k, n, isTransposedB, 2);
        float[] expected = a.MatMul(b).ToArray<float>();
        float[] actual = a.To(TestedDevice.Device).MatMul(b.To(TestedDevice.Device)).ToArray<float>();
        LargestDifference(expected, actual).Should().BeLessThan(2e-5f);
    }

    [GpuFact]
    public void Dense_OfALargeBatch_IsThatOfTheProcessor()
    {
        Dense dense = new(21, 1290, activation: new ReLU(), generator: new(1));
        Tensor x = Tensor.Randn([1450, 21], generator: new(2)).RequireGrad();
        dense.Forward(x).Sum().Backward();
        float[] expected = dense.Forward(x).ToArray<float>();
        float[] expectedGradient = x.Grad!.ToArray<float>();
        dense.To(TestedDevice.Device);
        Tensor there = x.Detach().To(TestedDevice.Device).RequireGrad();
        Tensor y = dense.Forward(there);
        y.Sum().Backward();
        LargestDifference(expected, y.ToArray<float>()).Should().BeLessThan(1e-5f);
        LargestDifference(expectedGradient, there.Grad!.ToArray<float>()).Should().BeLessThan(1e-4f);
    }

    [GpuFact]
    public void MatMul_OfABatchInDouble_IsThatOfTheProcessor()
    {
        Tensor a = Tensor.Randn([33, 200, 9], DType.Float64, generator: new(1));
        Tensor b = Tensor.Randn([33, 9, 131], DType.Float64, generator: new(2));
        double[] expected = a.MatMul(b).ToArray<double>();
        double[] actual = a.To(TestedDevice.Device).MatMul(b.To(TestedDevice.Device)).ToArray<double>();
        expected.Zip(actual, (x, y) => Math.Abs(x - y)).Max().Should().BeLessThan(1e-13);
    }

    private static void SetLibrary(bool isUsed)
    {
        if (TestedDevice.Missing is null)
            TestedDevice.Device.Gpu.UsesLibrary = isUsed;
    }

    private static Tensor Matrix(long rows, long columns, bool isTransposed, ulong seed) => isTransposed
        ? Tensor.Randn([columns, rows], generator: new(seed)).Transpose(0, 1)
        : Tensor.Randn([rows, columns], generator: new(seed));

    private static float LargestDifference(float[] expected, float[] actual) => expected.Zip(actual, (x, y) => Math.Abs(x - y)).Max();
}
