using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Tests;

public sealed class MathNetTests
{
    [Fact]
    public void From_Matrix_KeepsRowsAndColumns()
    {
        Matrix<double> matrix = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Tensor x = Tensor.From(matrix);
        matrix[0, 0] = 9;

        x.DType.Should().Be(DType.Float64);
        x.Shape.Should().Equal(2, 3);
        x.ToArray<double>().Should().Equal(1, 2, 3, 4, 5, 6);
    }

    [Fact]
    public void ToMatrix_Strided_RoundTrips()
    {
        Tensor x = Tensor.From(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });

        x.T.ToMatrix<float>().Should().Be(Matrix<float>.Build.DenseOfArray(new float[,] { { 1, 4 }, { 2, 5 }, { 3, 6 } }));
        Tensor.From(x.ToMatrix<float>()).ToArray<float>().Should().Equal(x.ToArray<float>());
    }

    [Fact]
    public void Vector_BothWays_RoundTrips()
    {
        Vector<float> vector = Vector<float>.Build.Dense([1, 2, 3]);

        Tensor.From(vector).Shape.Should().Equal(3);
        Tensor.From(vector).ToVector<float>().Should().Equal(vector);
    }

    [Fact]
    public void ToMatrix_OtherRankOrEmpty_Throws()
    {
        FluentActions.Invoking(() => Tensor.Zeros(3).ToMatrix<float>()).Should().Throw<ShapeException>().WithMessage("ToMatrix: a tensor of [3] is no matrix.*");
        FluentActions.Invoking(() => Tensor.Zeros(0, 3).ToMatrix<float>()).Should().Throw<ShapeException>().WithMessage("ToMatrix: a tensor of [0, 3]*");
        FluentActions.Invoking(() => Tensor.Zeros(2, 2).ToVector<float>()).Should().Throw<ShapeException>().WithMessage("ToVector: a tensor of [2, 2] is no vector.*");
        FluentActions.Invoking(() => Tensor.Zeros(2, 2).ToMatrix<double>()).Should().Throw<DTypeException>();
    }
}
