namespace NeuralNet.Tests;

/// <summary>A gradient is a tensor of its own: writing one, as clipping does, must not change another, or the user's data.</summary>
public sealed class GradientAliasingTests
{
    public static TheoryData<string, bool> Programs
    {
        get
        {
            TheoryData<string, bool> data = [];
            foreach (string name in s_programs.Keys)
            {
                data.Add(name, false);
                data.Add(name, true);
            }
            return data;
        }
    }

    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> s_programs = new()
    {
        ["sum of two leaves"] = (a, b) => a + b,
        ["sum inside a product"] = (a, b) => (a + b) * 2,
        ["difference"] = (a, b) => a - b,
        ["clones"] = (a, b) => a.Clone() + b.Clone(),
        ["views"] = (a, b) => a.Reshape(4).Reshape(2, 2) + b.T.T,
        ["transposes of one sum"] = (a, b) => (a.T + b.T).T,
        ["itself twice"] = (a, b) => a + a + b + b,
        ["concatenation"] = (a, b) => Tensor.Concat([a, b]).Reshape(2, 2, 2).Sum(0),
        ["expanded"] = (a, b) => (a.Sum() + b.Sum()).Expand([2, 2]),
        ["mean"] = (a, b) => a.Mean(0, keepDims: true) + b.Mean(1, keepDims: true),
        ["identity of your own"] = (a, b) => new Identity().Apply(a) + new Identity().Apply(b),
        ["scatter"] = (a, b) => a.ScatterAdd(0, Tensor.From(new long[,] { { 0, 0 }, { 1, 1 } }), b),
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void Backward_TwoLeaves_GradientsShareNoMemory(string program, bool createGraph)
    {
        Tensor a = Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } }).RequireGrad();
        Tensor b = Tensor.From(new float[,] { { 5, 6 }, { 7, 8 } }).RequireGrad();
        Tensor seed = Tensor.Full([2, 2], 3);

        s_programs[program](a, b).Backward(seed, createGraph: createGraph);
        float[] before = b.Grad!.ToArray<float>();
        using (Autograd.NoGrad())
            a.Grad!.Fill(-77);

        a.Grad!.Storage.Should().NotBeSameAs(b.Grad.Storage);
        b.Grad.ToArray<float>().Should().Equal(before);
        seed.ToArray<float>().Should().Equal(3, 3, 3, 3);
        a.ToArray<float>().Should().Equal(1, 2, 3, 4);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Of_TwoLeaves_GradientsShareNoMemory(string program, bool createGraph)
    {
        Tensor a = Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } }).RequireGrad();
        Tensor b = Tensor.From(new float[,] { { 5, 6 }, { 7, 8 } }).RequireGrad();
        Tensor seed = Tensor.Full([2, 2], 3);

        Tensor[] gradients = Gradients.Of(s_programs[program](a, b), [a, b], seed, createGraph: createGraph);
        float[] before = gradients[1].ToArray<float>();
        using (Autograd.NoGrad())
            gradients[0].Fill(-77);

        gradients[1].ToArray<float>().Should().Equal(before);
        seed.ToArray<float>().Should().Equal(3, 3, 3, 3);
    }

    [Fact]
    public void Backward_SecondPass_AddsToTheSameLeafAlone()
    {
        Tensor a = Tensor.From([1f, 2f]).RequireGrad();
        Tensor b = Tensor.From([1f, 2f]).RequireGrad();

        (a + b).Sum().Backward();
        (a * 10).Sum().Backward();

        a.Grad!.ToArray<float>().Should().Equal(11, 11);
        b.Grad!.ToArray<float>().Should().Equal(1, 1);
    }

    [Fact]
    public void Backward_CustomOpThatReturnsItsOwnTensor_KeepsItUnchanged()
    {
        Tensor constant = Tensor.From([5f, 6f]);
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();

        new ConstantGradient(constant).Apply(x).Sum().Backward();
        (x * 2).Sum().Backward();
        x.Grad!.Fill(0);

        constant.ToArray<float>().Should().Equal(5, 6);
    }

    [Fact]
    public void Backward_CustomOpThatKeepsItsGradient_CanReadItLater()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();
        Identity op = new();

        (op.Apply(x * 2) * 3).Sum().Backward();
        (x * 100).Sum().Backward();

        op.Seen!.ToArray<float>().Should().Equal(3, 3);
    }

    [Fact]
    public void Grad_SetToThatOfAnotherLeaf_IsACopy()
    {
        Tensor a = Tensor.From([1f, 2f]).RequireGrad();
        Tensor b = Tensor.From([1f, 2f]).RequireGrad();
        (a * 3).Sum().Backward();
        b.Grad = a.Grad;
        (a * 3).Sum().Backward();

        a.Grad!.ToArray<float>().Should().Equal(6, 6);
        b.Grad!.ToArray<float>().Should().Equal(3, 3);
    }

    private sealed class Identity : CustomOp
    {
        public Tensor? Seen { get; private set; }

        protected override Tensor Forward(IReadOnlyList<Tensor> inputs) => inputs[0];

        protected override IReadOnlyList<Tensor?> Backward(Tensor gradient, IReadOnlyList<Tensor> inputs, Tensor output)
        {
            Seen = gradient;
            return [gradient];
        }
    }

    private sealed class ConstantGradient(Tensor constant) : CustomOp
    {
        protected override Tensor Forward(IReadOnlyList<Tensor> inputs) => inputs[0] * constant;

        protected override IReadOnlyList<Tensor?> Backward(Tensor gradient, IReadOnlyList<Tensor> inputs, Tensor output) => [constant];
    }
}
