namespace NeuralNet.Tests.Contracts;

/// <summary>Factorisations where matrices are special, large or bad.</summary>
public sealed class FactorizationTests
{
    private static readonly Tensor s_singular = Tensor.From(new double[,] { { 1, 2, 3 }, { 2, 4, 6 }, { 1, 0, 1 } });

    [Theory]
    [InlineData(DType.Float32, 2e-6)]
    [InlineData(DType.Float64, 1e-13)]
    public void Factors_OfALargeMatrix_MultiplyToIt(DType dtype, double tolerance)
    {
        Tensor x = Tensor.Normal([120, 80], 0, 1, dtype, generator: new(1));
        Tensor square = x.MatMul(x.Transpose()) / 80 + Tensor.Eye(120, dtype: dtype);
        (Tensor q, Tensor r) = x.Qr();
        Check(q.MatMul(r), x);
        Check(q.Transpose().MatMul(q), Tensor.Eye(80, dtype: dtype));
        (Tensor u, Tensor s, Tensor vh) = x.Svd();
        Check((u * s).MatMul(vh), x);
        Check(vh.MatMul(vh.Transpose()), Tensor.Eye(80, dtype: dtype));
        Check(x.SvdValues(), s);
        (Tensor values, Tensor vectors) = square.Eigh();
        Check((vectors * values).MatMul(vectors.Transpose()), square);
        Tensor l = square.Cholesky();
        Check(l.MatMul(l.Transpose()), square);
        Check(square.MatMul(square.Inverse()), Tensor.Eye(120, dtype: dtype));
        Check(square.MatMul(square.Solve(x)), x);
        Check(square.SlogDet().LogAbs, values.Log().Sum(), 100);

        void Check(Tensor actual, Tensor expected, double scale = 10) =>
            (actual - expected).Abs().Max().Cast(DType.Float64).Item<double>().Should().BeLessThan(scale * tolerance);
    }

    [Fact]
    public void Factors_OfRankDeficientMatrices_AreOrthonormal()
    {
        (Tensor u, Tensor s, Tensor vh) = s_singular.Svd();
        s.ToArray<double>()[2].Should().BeLessThan(1e-15);
        ((u * s).MatMul(vh) - s_singular).Abs().Max().Item<double>().Should().BeLessThan(1e-14);
        (u.Transpose().MatMul(u) - Tensor.Eye(3, dtype: DType.Float64)).Abs().Max().Item<double>().Should().BeLessThan(1e-14);
        s_singular.Det().Item<double>().Should().Be(0);
        (Tensor sign, Tensor logarithm) = s_singular.SlogDet();
        sign.Item<double>().Should().Be(0);
        logarithm.Item<double>().Should().Be(double.NegativeInfinity);
    }

    [Fact]
    public void Det_OfASingularMatrix_HasItsCofactorsAsGradient()
    {
        Tensor x = s_singular.Clone().RequireGrad();
        x.Det().Backward();
        double[] expected = [4, 4, -4, -2, -2, 2, 0, 0, 0];
        x.Grad!.ToArray<double>().Zip(expected, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-13);
    }

    [Fact]
    public void SlogDet_OfManyNumbers_NeitherOverflowsNorUnderflows()
    {
        Tensor x = Tensor.Eye(300, dtype: DType.Float64) * -100;
        double.IsPositiveInfinity(x.Det().Item<double>()).Should().BeTrue();
        (Tensor sign, Tensor logarithm) = x.SlogDet();
        sign.Item<double>().Should().Be(1);
        logarithm.Item<double>().Should().BeApproximately(300 * Math.Log(100), 1e-10);
        (x[..299, ..299]).SlogDet().Sign.Item<double>().Should().Be(-1);
    }

    [Fact]
    public void Values_ThatAreEqual_HaveAGradient()
    {
        Tensor x = Tensor.Eye(3, dtype: DType.Float64).RequireGrad();
        Gradients.Of(x.SvdValues().Sum(), [x])[0].ToArray<double>().Should().Equal(1, 0, 0, 0, 1, 0, 0, 0, 1);
        Gradients.Of(x.Svd().S.Sum(), [x])[0].ToArray<double>().Should().Equal(1, 0, 0, 0, 1, 0, 0, 0, 1);
        Gradients.Of(x.Eigh().Values.Sum(), [x])[0].ToArray<double>().Should().Equal(1, 0, 0, 0, 1, 0, 0, 0, 1);
    }

    [Fact]
    public void Cholesky_ReadsTheLowerTriangle()
    {
        Tensor x = Tensor.From(new double[,] { { 4, 99 }, { 2, 5 } });
        x.Cholesky().ToArray<double>().Should().Equal(2, 0, 1, 2);
        x.EighValues().Sum().Item<double>().Should().BeApproximately(9, 1e-14);
    }

    [Fact]
    public void Vectors_HaveTheSignsThatAreDocumented()
    {
        Tensor x = Tensor.Normal([9, 6, 6], 0, 1, DType.Float64, generator: new(2));
        (x.Qr().R.Diagonal(axis1: -2, axis2: -1).Min().Item<double>() > 0).Should().BeTrue();
        Tensor u = x.Svd().U;
        u.Max(-2).GreaterOrEqual(-u.Min(-2)).All().Item<bool>().Should().BeTrue();
        Tensor vectors = (x + x.Transpose()).Eigh().Vectors;
        vectors.Max(-2).GreaterOrEqual(-vectors.Min(-2)).All().Item<bool>().Should().BeTrue();
    }

    [Fact]
    public void MatrixNorm_KeepDims_KeepsBothAxes() =>
        Tensor.Ones(2, 3, 4).MatrixNorm(MatrixNormKind.GreatestRow, keepDims: true).Shape.Should().Equal(2, 1, 1);

    [Fact]
    public void Bad_Input_IsNamed()
    {
        Tensor batch = Tensor.Stack([Tensor.Eye(3, dtype: DType.Float64), s_singular]);
        Throws<LinearAlgebraException>(() => batch.Inverse(), "Inverse: matrix 1 of [2, 3, 3] is singular.*").Matrix.Should().Be(1);
        Throws<LinearAlgebraException>(() => s_singular.Solve(s_singular), "Solve: the matrix of [3, 3] is singular.*");
        Throws<LinearAlgebraException>(() => (-batch).Cholesky(), "Cholesky: matrix 0 of [2, 3, 3] is not positive definite.*");
        Tensor nan = Tensor.Full([3, 2], double.NaN);
        Throws<LinearAlgebraException>(() => nan.Svd(), "Svd: the matrix of [3, 2] has an element that is not finite.*");
        Throws<LinearAlgebraException>(() => nan[..2].EighValues(), "EighValues: the matrix of [2, 2] has an element that is not finite.*");
        Throws<LinearAlgebraException>(() => nan[..2].Cholesky(), "*not positive definite*");
        Throws<ShapeException>(() => Tensor.Zeros(3, 2).Inverse(), "Inverse: matrices of [3, 2]; square ones*");
        Throws<ShapeException>(() => Tensor.Zeros(3).Det(), "Det: a tensor of [3]; matrices*");
        Throws<ShapeException>(() => Tensor.Eye(3).Solve(Tensor.Zeros(2)), "Solve: matrices of [3, 3] and right sides of [2, 1]: 3 equations, 2 numbers.*");
        Throws<ShapeException>(() => Tensor.Zeros(2, 3, 3).Solve(Tensor.Zeros(4, 3, 1)), "*do not broadcast*");
        Throws<DTypeException>(() => Tensor.Zeros([2, 2], DType.Int64).Det(), "Det: a tensor of Int64*");
        Throws<DTypeException>(() => Tensor.Zeros([2, 2], DType.Int64).Svd(), "Svd: *");
        Throws<DTypeException>(() => Tensor.Zeros([2, 2], DType.Int64).MatrixNorm(MatrixNormKind.LeastRow), "MatrixNorm: *");
        Throws<DTypeException>(() => Tensor.Eye(2).Solve(Tensor.Zeros([2], DType.Float64)), "Solve: *");

        static T Throws<T>(Action action, string message)
            where T : Exception => action.Should().Throw<T>().WithMessage(message).Which;
    }
}
