using NeuralNet.Testing;

namespace NeuralNet.Tests.Contracts;

/// <summary>
/// Indexing by tensors at its corners: several updates of one element, ties, nothing at all, scalars, and what is said of errors.
/// </summary>
public sealed class IndexingCornerTests
{
    private const double NaN = double.NaN;
    private const double Infinity = double.PositiveInfinity;

    public static TheoryData<DType> FloatingPoint => [DType.Float32, DType.Float64];

    [Fact]
    public void Scatter_OfSeveralUpdates_KeepsTheLast()
    {
        Tensor x = Tensor.From([1.0, 2, 3]).RequireGrad();
        Tensor updates = Tensor.From([10.0, 20, 30, 40]).RequireGrad();
        Tensor y = x.Scatter(0, Tensor.From([2L, 0, 2, 2]), updates);
        y.ToArray<double>().Should().Equal(20, 2, 40);
        Tensor[] gradients = Gradients.Of((y * Tensor.From([1.0, 2, 3])).Sum(), [x, updates]);
        gradients[0].ToArray<double>().Should().Equal(0, 2, 0);
        gradients[1].ToArray<double>().Should().Equal(0, 1, 0, 3);
    }

    [Fact]
    public void Scatter_OfManyUpdatesOfOneElement_KeepsTheLastOnAnyNumberOfThreads()
    {
        foreach (int threads in Devices.Threads)
        {
            Device device = Devices.Of(CpuOptions.WidestInstructionSet, threads);
            Tensor updates = Tensor.Arange(400_000, device: device).Reshape(4000, 100);
            foreach (int axis in new[] { 0, 1 })
            {
                Tensor index = Tensor.Zeros(updates.Shape, DType.Int64, device);
                Tensor y = Tensor.Zeros(updates.Shape, DType.Int64, device).Scatter(axis, index, updates).Slice(axis, 0, 1);
                y.ToArray<long>().Should().Equal(updates.Slice(axis, updates.Shape[axis] - 1, 1).ToArray<long>());
            }
        }
    }

    [Fact]
    public void Scatter_OfANumber_SetsElementsOfEveryDType()
    {
        Tensor index = Tensor.From([0L, 2]);
        foreach (DType dtype in Enum.GetValues<DType>())
            HostValues.ToDoubles(Tensor.Zeros([4], dtype).Scatter(0, index, 1)).Should().Equal(1, 0, 1, 0);
        FluentActions.Invoking(() => Tensor.Zeros([4], DType.Int32).Scatter(0, index, 0.5)).Should().Throw<DTypeException>();
    }

    [Fact]
    public void Scatter_LeavesTheTensorAlone()
    {
        Tensor x = Tensor.From([1f, 2]);
        x.Scatter(0, Tensor.From([0L]), 5);
        x.ScatterMax(0, Tensor.From([0L]), Tensor.From([5f]));
        x.IndexPut([Tensor.From([0L])], Tensor.From([5f]));
        x.ToArray<float>().Should().Equal(1, 2);
    }

    [Theory]
    [MemberData(nameof(FloatingPoint))]
    public void ScatterMax_OfEquals_SharesTheGradient(DType dtype)
    {
        Tensor x = Tensor.From([5.0, 1, 3, -Infinity]).Cast(dtype).Detach().RequireGrad();
        Tensor updates = Tensor.From([5.0, 5, 2, 2, 7]).Cast(dtype).Detach().RequireGrad();
        Tensor y = x.ScatterMax(0, Tensor.From([0L, 0, 1, 1, 2]), updates);
        HostValues.ToDoubles(y).Should().Equal(5, 2, 7, -Infinity);
        Tensor[] gradients = Gradients.Of(y, [x, updates], Tensor.From([6.0, 2, 1, 4]).Cast(dtype));
        HostValues.ToDoubles(gradients[0]).Should().Equal(2, 0, 0, 4);
        HostValues.ToDoubles(gradients[1]).Should().Equal(2, 2, 1, 1, 1);
    }

    [Theory]
    [MemberData(nameof(FloatingPoint))]
    public void ScatterMax_OfNaN_IsNaN(DType dtype)
    {
        Tensor x = Tensor.From([NaN, 1, 1]).Cast(dtype);
        Tensor y = x.ScatterMax(0, Tensor.From([0L, 1, 1]), Tensor.From([2, NaN, 2]).Cast(dtype));
        HostValues.ToDoubles(y).Should().Equal(NaN, NaN, 1);
    }

    [Fact]
    public void MaskedSelect_OfNothing_IsEmptyWithGradientZero()
    {
        Tensor x = Tensor.From([1.0, 2]).RequireGrad();
        Tensor y = x.MaskedSelect(Tensor.From([false, false]));
        y.Shape.Should().Equal(0);
        Gradients.Of(y.Sum(), x).ToArray<double>().Should().Equal(0, 0);
    }

    [Fact]
    public void MaskedSelect_OfScalars_IsAVector()
    {
        Tensor.FromScalar(3.0).MaskedSelect(Tensor.FromScalar(true)).ToArray<double>().Should().Equal(3);
        Tensor.FromScalar(3.0).MaskedSelect(Tensor.FromScalar(false)).Shape.Should().Equal(0);
        Tensor.Zeros(0, 3).MaskedSelect(Tensor.From([true, false, true])).Shape.Should().Equal(0);
    }

    [Fact]
    public void MaskedFill_WithInfinity_KeepsGradientsFinite()
    {
        Tensor x = Tensor.From([1.0, 2, 3]).RequireGrad();
        Tensor y = x.MaskedFill(Tensor.From([false, true, false]), -Infinity).Softmax(0);
        y.ToArray<double>()[1].Should().Be(0);
        Gradients.Of(y[0], x).ToArray<double>()[1].Should().Be(0);
        Tensor nan = Tensor.From([NaN, 2]).RequireGrad();
        Gradients.Of(nan.MaskedFill(nan.NotEqual(nan), 0).Sum(), nan).ToArray<double>().Should().Equal(0, 1);
    }

    [Fact]
    public void Nonzero_OfScalarsAndNothing_HasARowForEachElement()
    {
        Tensor.FromScalar(5f).Nonzero().Shape.Should().Equal(1, 0);
        Tensor.FromScalar(0f).Nonzero().Shape.Should().Equal(0, 0);
        Tensor.FromScalar(true).Nonzero().Shape.Should().Equal(1, 0);
        Tensor.Zeros(0, 3).Nonzero().Shape.Should().Equal(0, 2);
        Tensor.Zeros(4).Nonzero().Shape.Should().Equal(0, 1);
        Tensor.From([NaN, 0, -0.0, Infinity]).Nonzero().ToArray<long>().Should().Equal(0, 3);
    }

    [Fact]
    public void Nonzero_OfEveryLayout_IsInLogicalOrder()
    {
        Tensor mask = Tensor.From(new[,] { { true, false, true }, { false, true, true } });
        mask.T.Nonzero().ToArray<long>().Should().Equal(0, 0, 1, 1, 2, 0, 2, 1);
        mask[.., 1..].Nonzero().ToArray<long>().Should().Equal(0, 1, 1, 0, 1, 1);
        mask[1].Expand([2, 3]).Nonzero().ToArray<long>().Should().Equal(0, 1, 0, 2, 1, 1, 1, 2);
    }

    [Fact]
    public void SizeFromData_OnMeta_IsAnError()
    {
        Tensor x = Tensor.Zeros([2, 3], DType.Float32, Device.Meta);
        Tensor index = Tensor.Zeros([3], DType.Int64, Device.Meta);
        FluentActions.Invoking(() => x.Nonzero()).Should().Throw<DeviceException>()
            .WithMessage("Nonzero: the size of the result depends on the data, and a tensor of [2, 3] on meta has none. Use NotEqual(0)*");
        FluentActions.Invoking(() => x.MaskedSelect(x > 0)).Should().Throw<DeviceException>().WithMessage("MaskedSelect: *");
        FluentActions.Invoking(() => index.OneHot()).Should().Throw<DeviceException>().WithMessage("OneHot: *Give the number of classes.*");
        index.OneHot(4).Shape.Should().Equal(3, 4);
    }

    [Fact]
    public void OneHot_WithClassesLeftOpen_HasTheLargestPlusOne()
    {
        Tensor.From([2L, 0]).OneHot().ToArray<long>().Should().Equal(0, 0, 1, 1, 0, 0);
        Tensor.From([0, 0]).OneHot().Shape.Should().Equal(2, 1);
        Tensor.FromScalar(1L).OneHot(3).ToArray<long>().Should().Equal(0, 1, 0);
        Tensor.From<long>([], [0, 2]).OneHot(3).Shape.Should().Equal(0, 2, 3);
    }

    [Fact]
    public void OneHot_OfWrongNumbers_IsAnError()
    {
        Expect(() => Tensor.From<long>([]).OneHot(), "OneHot: the number of classes is left open for a tensor of [0]*");
        Expect(() => Tensor.From([0L]).OneHot(0), "OneHot: 0 classes. Give 1 or more*");
        Expect(() => Tensor.From([0L]).OneHot(-2), "OneHot: -2 classes*");
        Expect(() => Tensor.From([0L, 3]).OneHot(3), "OneHot: index 3 at position 1 of [2] is outside [0, 3)*");
        Expect(() => Tensor.From([0L, -1]).OneHot(), "OneHot: index -1 at position 1 of [2] is outside [0, 1)*");
        FluentActions.Invoking(() => Tensor.Zeros(2).OneHot()).Should().Throw<DTypeException>().WithMessage("OneHot: indices of Float32*");
    }

    [Fact]
    public void TakeAlongAxis_OfArgMax_IsMax()
    {
        Tensor x = Tensor.From(new[,] { { 1.0, 7, 3 }, { 9, 2, 4 } });
        x.TakeAlongAxis(x.ArgMax(1, keepDims: true), 1).ToArray<double>().Should().Equal(7, 9);
    }

    [Fact]
    public void Take_OfAScalar_RepeatsIt()
    {
        Tensor x = Tensor.FromScalar(3.0).RequireGrad();
        Tensor y = x.Take(Tensor.Zeros([2, 2], DType.Int64));
        y.ToArray<double>().Should().Equal(3, 3, 3, 3);
        Gradients.Of(y.Sum(), x).Item<double>().Should().Be(4);
        x.Take(Tensor.Zeros([0, 2], DType.Int64)).Shape.Should().Equal(0, 2);
    }

    [Fact]
    public void Positions_OutOfRange_AreNamed()
    {
        Tensor x = Tensor.Zeros(2, 3);
        Tensor negative = Tensor.From([0L, -1]);
        Tensor row = negative.Reshape(1, 2);
        Expect(() => x.Take(Tensor.From([6L])), "Take: index 6 at position 0 of [1] is outside [0, 6)*");
        Expect(() => x.Scatter(1, row, 1), "Scatter: index -1 at position 1 of [1, 2] is outside [0, 3)*");
        Expect(() => x.ScatterMax(1, row, Tensor.Zeros(1, 2)), "ScatterMax: index -1*");
        Expect(() => x.TakeAlongAxis(row, 1), "TakeAlongAxis: index -1 at position 1 of [1, 2] is outside [0, 3)*");
        Expect(() => x.IndexPut([negative], Tensor.Zeros(3)), "IndexPut: index -1 at position 1 of [2] is outside [0, 2)*");
        Expect(() => x.IndexAdd(1, negative, Tensor.Zeros(2, 2)), "IndexAdd: index -1*");
        Expect(() => x.IndexFill(1, negative, 0), "IndexFill: index -1*");
        Expect(() => Tensor.Zeros(0, 3).Take(Tensor.From([0L])), "Take: index 0 at position 0 of [1] is outside [0, 0)*");
    }

    [Fact]
    public void Shapes_ThatDoNotFit_AreNamed()
    {
        Tensor x = Tensor.Zeros(2, 3);
        Tensor index = Tensor.From([0L, 1]);
        ExpectShape(() => x.Scatter(1, index, 1), "Scatter: an index of [2] for a tensor of [2, 3] on axis 1*");
        ExpectShape(() => x.TakeAlongAxis(index, 1), "TakeAlongAxis: an index of [2] for a tensor of [2, 3]*");
        ExpectShape(() => x.TakeAlongAxis(index.Reshape(1, 2).Expand([3, 2]), 1), "TakeAlongAxis: an index of [3, 2] and*[2, 3]*");
        ExpectShape(() => x.IndexPut([index, index, index], Tensor.Zeros(2)), "IndexPut: 3 indices for a tensor of [2, 3]*");
        ExpectShape(() => x.IndexPut([index, Tensor.From([0L, 1, 2])], Tensor.Zeros(2)), "IndexPut: shapes [2] and [3]*");
        ExpectShape(() => x.IndexPut([index], Tensor.Zeros(2, 2)), "IndexPut: values [2, 2] for positions of [2] in a tensor of [2, 3]*");
        ExpectShape(() => x.IndexFill(0, x.ArgMax(1, keepDims: true), 1), "IndexFill: an index of [2, 1]; a vector is needed*");
        ExpectShape(() => x.IndexAdd(0, index, Tensor.Zeros(3, 3)), "IndexAdd: a source of [3, 3] for 2 positions on axis 0*");
        ExpectShape(() => x.MaskedSelect(Tensor.From([true, false])), "MaskedSelect: shapes [2, 3] and [2]*");
        ExpectShape(() => Tensor.FromScalar(1f).Scatter(0, Tensor.FromScalar(0L), 1), "Scatter: axis 0 of a scalar*");
        FluentActions.Invoking(() => x.IndexPut([], x)).Should().Throw<ArgumentException>().WithMessage("IndexPut: no indices*");
        FluentActions.Invoking(() => x.MaskedFill(x, 1)).Should().Throw<DTypeException>().WithMessage("MaskedFill: the condition*");
    }

    [Fact]
    public void IndexPut_OfSeveralValuesForOneElement_KeepsTheLastOrAddsAll()
    {
        Tensor x = Tensor.From(new[,] { { 1.0, 2 }, { 3, 4 } }).RequireGrad();
        Tensor values = Tensor.From([10.0, 20, 30]).RequireGrad();
        Tensor[] at = [Tensor.From([0L, 1, 0]), Tensor.From([1, 0, 1])];
        Tensor put = x.IndexPut(at, values);
        put.ToArray<double>().Should().Equal(1, 30, 20, 4);
        Tensor[] gradients = Gradients.Of(put.Sum(), [x, values]);
        gradients[0].ToArray<double>().Should().Equal(1, 0, 0, 1);
        gradients[1].ToArray<double>().Should().Equal(0, 1, 1);
        Tensor added = x.IndexPut(at, values, accumulate: true);
        added.ToArray<double>().Should().Equal(1, 42, 23, 4);
        gradients = Gradients.Of(added.Sum(), [x, values]);
        gradients[0].ToArray<double>().Should().Equal(1, 1, 1, 1);
        gradients[1].ToArray<double>().Should().Equal(1, 1, 1);
    }

    [Fact]
    public void IndexPut_OfScalarsAndNothing_PutsWhatThereIs()
    {
        Tensor x = Tensor.From([1.0, 2, 3]);
        x.IndexPut([Tensor.FromScalar(1L)], Tensor.FromScalar(9.0)).ToArray<double>().Should().Equal(1, 9, 3);
        x.IndexPut([Tensor.From<long>([])], Tensor.From<double>([])).ToArray<double>().Should().Equal(1, 2, 3);
        Tensor.Zeros(0, 3).IndexPut([Tensor.From<long>([])], Tensor.Zeros(3)).Shape.Should().Equal(0, 3);
        Tensor.Zeros(2, 0).IndexPut([Tensor.From([1L])], Tensor.Zeros(0)).Shape.Should().Equal(2, 0);
    }

    [Fact]
    public void IndexAdd_OfSeveralSlices_AddsAll() =>
        Tensor.From([1f, 2]).IndexAdd(0, Tensor.From([1L, 1, 1]), Tensor.From([1f, 2, 3])).ToArray<float>().Should().Equal(1, 8);

    private static void Expect(Action call, string message) => call.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);

    private static void ExpectShape(Action call, string message) => call.Should().Throw<ShapeException>().WithMessage(message);
}
