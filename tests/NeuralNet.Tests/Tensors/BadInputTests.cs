namespace NeuralNet.Tests;

/// <summary>Messages that name the mistake: where, the numbers, and the way out.</summary>
public sealed class BadInputTests
{
    private static readonly Tensor s_x = Tensor.Zeros(2, 3);
    private static readonly Tensor s_empty = Tensor.Zeros(0, 3);

    public static TheoryData<string, Action, Type, string> Cases => new()
    {
        { "broadcast", () => _ = s_x + Tensor.Zeros(2), typeof(ShapeException), "Add: shapes [2, 3] and [2] do not broadcast. Aligned at the last axis, sizes must be equal or 1; use Reshape to add axes of size 1." },
        { "broadcast of a comparison", () => s_x.Greater(Tensor.Zeros(4)), typeof(ShapeException), "Greater: shapes [2, 3] and [4] do not broadcast.*" },
        { "broadcast of a condition", () => Tensor.Where(Tensor.Zeros([4], DType.Bool), s_x, 0), typeof(ShapeException), "Where: shapes [4] and [2, 3] do not broadcast.*" },
        { "matrix product", () => s_x.MatMul(s_x), typeof(ShapeException), "MatMul: shapes [2, 3] and [2, 3]: the inner sizes 3 and 2 differ. Transpose or Reshape one of them." },
        { "matrix and vector", () => s_x.MatMul(Tensor.Zeros(2)), typeof(ShapeException), "MatMul: shapes [2, 3] and [2]: the inner sizes 3 and 2 differ.*" },
        { "vector and matrix", () => Tensor.Zeros(3).MatMul(s_x), typeof(ShapeException), "MatMul: shapes [3] and [2, 3]: the inner sizes 3 and 2 differ.*" },
        { "index matrix", () => s_x.IndexSelect(0, Tensor.Zeros([1, 1], DType.Int64)), typeof(ShapeException), "IndexSelect: an index of [1, 1]; a vector is needed.*" },
        { "index outside", () => s_x.IndexSelect(1, Tensor.From([0L, 3])), typeof(ArgumentOutOfRangeException), "IndexSelect: index 3 at position 1 of [2] is outside [0, 3).*" },
        { "vectors", () => Tensor.Zeros(3).MatMul(Tensor.Zeros(2)), typeof(ShapeException), "MatMul: shapes [3] and [2]: the inner sizes 3 and 2 differ.*" },
        { "matrix and scalar", () => s_x.MatMul(Tensor.Zeros()), typeof(ShapeException), "MatMul: shapes [2, 3] and []; a scalar is no matrix. Use Multiply." },
        { "batches", () => Tensor.Zeros(2, 3, 4).MatMul(Tensor.Zeros(5, 4, 3)), typeof(ShapeException), "MatMul: the leading axes of [2, 3, 4] and [5, 4, 3] do not broadcast.*" },
        { "linear weight", () => s_x.Linear(Tensor.Zeros(5, 4)), typeof(ShapeException), "Linear: input [2, 3] and weight [5, 4]: *of 3 columns." },
        { "linear bias", () => s_x.Linear(Tensor.Zeros(5, 3), Tensor.Zeros(3)), typeof(ShapeException), "Linear: bias [3] for a weight of [5, 3]. Give it the shape [5]." },
        { "axis", () => s_x.Sum(2), typeof(ShapeException), "Sum: axis 2 is out of range for 2 axes. Use -2 to 1." },
        { "negative axis", () => s_x.Softmax(-3), typeof(ShapeException), "Softmax: axis -3 is out of range for 2 axes. Use -2 to 1." },
        { "axis of a scalar", () => Tensor.Zeros().Max(0), typeof(ShapeException), "Max: axis 0 of a scalar, which has no axes. Leave the axis out." },
        { "axis twice", () => s_x.Sum([0, -2]), typeof(ShapeException), "Sum: axis -2 is named twice in [0, -2]. Name each axis once." },
        { "transpose of a vector", () => Tensor.Zeros(3).Transpose(), typeof(ShapeException), "Transpose: axis -2 is out of range for one axis. Use -1 to 0." },
        { "permute count", () => s_x.Permute(0), typeof(ShapeException), "Permute: 1 axis for a tensor of [2, 3]. Name each of its 2 axes once." },
        { "permute twice", () => s_x.Permute(1, 1), typeof(ShapeException), "Permute: axis 1 is named twice in [1, 1]. Name each axis once." },
        { "expand", () => s_x.Expand([4, 3]), typeof(ShapeException), "Expand: a tensor of [2, 3] does not expand to [4, 3]. Aligned at the last axis, its sizes must be equal or 1." },
        { "slice", () => s_x.Slice(1, 2, 2), typeof(ShapeException), "Slice: 2 elements from 2 by 1 on axis 1 of [2, 3]. Stay within [0, 3), with a positive step." },
        { "slice step", () => s_x.Slice(1, 0, 2, 0), typeof(ShapeException), "Slice: 2 elements from 0 by 0*" },
        { "slice overflow", () => s_x.Slice(1, 1, 2, long.MaxValue), typeof(ShapeException), "Slice: 2 elements from 1 by 9223372036854775807*" },
        { "concat", () => Tensor.Concat([s_x, Tensor.Zeros(2, 4)]), typeof(ShapeException), "Concat: tensor 1 of [2, 4] does not fit tensor 0 of [2, 3] on axis 0. All other sizes must be equal." },
        { "concat of nothing", () => Tensor.Concat([]), typeof(ShapeException), "Concat: no tensors. Give one at least." },
        { "concat of dtypes", () => Tensor.Concat([s_x, s_x.Cast(DType.Int32)]), typeof(DTypeException), "Concat: dtypes Float32 and Int32 do not mix.*" },
        { "max of nothing", () => s_empty.Max(0), typeof(InvalidOperationException), "Max: a tensor of [0, 3] has no elements along axes [0], and Max of nothing has no value. Check for empty tensors first." },
        { "max of nothing at all", () => s_empty.Max(), typeof(InvalidOperationException), "Max: a tensor of [0, 3] has no elements along axes [0, 1]*" },
        { "position of nothing", () => s_empty.ArgMax(0), typeof(InvalidOperationException), "ArgMax: a tensor of [0, 3] has no elements along axes [0], and ArgMax of nothing*" },
        { "gather range", () => s_x.Gather(1, Tensor.From(new long[,] { { 0, 3 } })), typeof(ArgumentOutOfRangeException), "Gather: index 3 at position 1 of [1, 2] is outside [0, 3). Check how the indices were made.*" },
        { "gather shape", () => s_x.Gather(1, Tensor.From(new long[] { 0 })), typeof(ShapeException), "Gather: an index of [1] for a tensor of [2, 3] on axis 1. It needs as many axes*" },
        { "scatter shape", () => s_x.ScatterAdd(0, Tensor.From(new long[,] { { 0 } }), Tensor.Zeros(2, 1)), typeof(ShapeException), "ScatterAdd: updates [2, 1] for an index of [1, 1]. Give both one shape." },
        { "null", () => s_x.Add((Tensor)null!), typeof(ArgumentNullException), "Add: input 1 is null. Give a tensor.*" },
        { "null in a list", () => Tensor.Concat([s_x, null!]), typeof(ArgumentNullException), "Concat: input 1 is null. Give a tensor.*" },
        { "uniform", () => Tensor.Uniform([2], 1, 0), typeof(ArgumentException), "Uniform: the interval [1, 0) in Float32. Give ends whose difference is finite, the lower one first." },
        { "uniform, infinite width", () => Tensor.Uniform([2], -3e38, 3e38), typeof(ArgumentException), "Uniform: the interval * in Float32.*" },
        { "uniform, infinite end", () => Tensor.Uniform([2], 1e300, 2e300), typeof(ArgumentException), "Uniform: the interval * in Float32.*" },
        { "uniform, wide doubles", () => Tensor.Uniform([2], -1e308, 1e308, DType.Float64), typeof(ArgumentException), "Uniform: the interval * in Float64.*" },
        { "normal, infinite deviation", () => Tensor.Normal([2], 0, double.PositiveInfinity), typeof(ArgumentException), "Normal: mean 0, standard deviation * in Float32.*" },
        { "normal, large mean", () => Tensor.Normal([2], 1e300, 1), typeof(ArgumentException), "Normal: mean 1E+300, standard deviation 1 in Float32.*" },
        { "permutation", () => Tensor.Permutation(-1), typeof(ArgumentOutOfRangeException), "Permutation: -1 numbers. Give 0 or more.*" },
        { "step of an index", () => TensorIndex.Every(0, ..), typeof(ArgumentOutOfRangeException), "TensorIndex.Every: the step 0. Give 1 or more.*" },
        { "threads", () => Device.CreateCpu(new() { Threads = 0 }), typeof(ArgumentOutOfRangeException), "CpuOptions.Threads: 0. Give 1 or more; *" },
        { "random integers", () => Tensor.RandInt(3, 3, [2]), typeof(ArgumentException), "RandInt: the interval [3, 3) is empty.*" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Call_BadInput_NamesTheMistakeAndTheWayOut(string name, Action call, Type exception, string message)
    {
        Exception? thrown = Record.Exception(call);

        thrown.Should().BeOfType(exception, name);
        thrown!.Message.Should().Match(message);
    }

    [Fact]
    public void Call_BadInput_LeavesInputsAndGraphUsable()
    {
        Tensor x = Tensor.Ones(2, 3).RequireGrad();
        Record.Exception(() => x + Tensor.Zeros(2)).Should().BeOfType<ShapeException>();

        (x * 2).Sum().Backward();

        x.Grad!.ToArray<float>().Should().OnlyContain(value => value == 2);
    }

    [Fact]
    public void Reductions_OfNothingWithAnIdentity_GiveIt()
    {
        s_empty.Sum().Item<float>().Should().Be(0);
        s_empty.Sum(0).ToArray<float>().Should().Equal(0, 0, 0);
        s_empty.Max(1).Shape.Should().Equal(0);
        s_empty.LogSumExp(0).ToArray<float>().Should().OnlyContain(value => float.IsNegativeInfinity(value));
        s_empty.Softmax(1).Shape.Should().Equal(0, 3);
        s_empty.T.MatMul(s_empty).ToArray<float>().Should().OnlyContain(value => value == 0);
    }
}
