using NeuralNet.Testing;

namespace NeuralNet.Tests;

public sealed class DerivativeTests
{
    private static readonly Tensor s_x = Tensor.From([0.5, -1.25, 2]);

    [Fact]
    public void Jacobian_OfAFunction_HoldsAllDerivatives()
    {
        Tensor jacobian = Gradients.Jacobian(x => Tensor.Stack([x.Prod(), (x * x).Sum()]), s_x);
        jacobian.Shape.Should().Equal(2, 3);
        jacobian.ToArray<double>().Should().Equal(-2.5, 1, -0.625, 1, -2.5, 4);
    }

    [Fact]
    public void Jacobian_OfMatrices_HasTheAxesOfBoth()
    {
        Tensor x = Tensor.Randn([2, 3], DType.Float64, generator: new(1));
        Tensor jacobian = Gradients.Jacobian(m => m.T * 2, x);
        jacobian.Shape.Should().Equal(3, 2, 2, 3);
        jacobian[1, 0, 0, 1].Item<double>().Should().Be(2);
        jacobian.Sum().Item<double>().Should().Be(12);
    }

    [Fact]
    public void Jacobian_OfAConstant_IsZero() =>
        Gradients.Jacobian(_ => Tensor.From([1.0, 2]), s_x).ToArray<double>().Should().Equal(0, 0, 0, 0, 0, 0);

    [Fact]
    public void Jacobian_InNoGradMode_IsTheSame()
    {
        using (Autograd.NoGrad())
            Gradients.Jacobian(x => x * x, s_x).Diagonal().ToArray<double>().Should().Equal(1, -2.5, 4);
    }

    [Fact]
    public void Hessian_OfAPolynomial_HoldsItsSecondDerivatives()
    {
        Tensor hessian = Gradients.Hessian(x => (x * x * x).Sum() + x[0] * x[1], s_x);
        hessian.ToArray<double>().Should().Equal(3, 1, 0, 1, -7.5, 0, 0, 0, 12);
    }

    [Fact]
    public void Hessian_OfALinearFunction_IsZero() => Gradients.Hessian(x => x.Sum(), s_x).ToArray<double>().Should().OnlyContain(h => h == 0);

    [Fact]
    public void Hessian_WithAGraph_CanBeDifferentiated()
    {
        Tensor x = s_x.Clone().RequireGrad();
        Tensor hessian = Gradients.Hessian(v => (v * v * v).Sum(), x, createGraph: true);
        Gradients.Of(hessian.Sum(), x).ToArray<double>().Should().Equal(6, 6, 6);
    }

    [Fact]
    public void Products_WithVectors_AreThoseOfTheWholeMatrices()
    {
        static Tensor Function(Tensor x) => Tensor.Stack([x.Prod(), (x * x).Sum(), x.Sin().Sum(), x[1]]);
        Tensor v = Tensor.From([1.0, 2, -0.5]);
        Tensor u = Tensor.From([0.5, -1, 2, 3]);
        Tensor jacobian = Gradients.Jacobian(Function, s_x);
        (Tensor value, Tensor pushed) = Gradients.JacobianVectorProduct(Function, s_x, v);
        value.ToArray<double>().Should().Equal(Function(s_x).ToArray<double>());
        Close(pushed, jacobian.MatMul(v));
        Close(Gradients.VectorJacobianProduct(Function, s_x, u).Product, u.MatMul(jacobian));
        Tensor hessian = Gradients.Hessian(x => x.Exp().Prod(), s_x);
        Close(Gradients.HessianVectorProduct(x => x.Exp().Prod(), s_x, v), hessian.MatMul(v));
    }

    [Fact]
    public void Calls_ThatDoNotFit_NameTheMistake()
    {
        Action several = () => Gradients.Hessian(x => x, s_x);
        several.Should().Throw<ShapeException>().WithMessage("Hessian: the function gives [3], 3 elements, not one.*");
        Action vector = () => Gradients.HessianVectorProduct(x => x.Sum(), s_x, Tensor.From([1.0]));
        vector.Should().Throw<ShapeException>().WithMessage("HessianVectorProduct: a vector of [1] for x of [3].*");
        Action integers = () => Gradients.Jacobian(x => x, Tensor.From([1, 2]));
        integers.Should().Throw<DTypeException>().WithMessage("Jacobian: *");
    }

    private static void Close(Tensor actual, Tensor expected) =>
        Comparison.Difference(HostValues.ToDoubles(expected), HostValues.ToDoubles(actual), Tolerances.Golden(DType.Float64)).Should().BeNull();
}
