using System.Reflection;
using NeuralNet.Testing;

namespace NeuralNet.Tests.Contracts;

/// <summary>What holds for every layer of the library.</summary>
public sealed class LayerContract
{
    private const int Seed = 3;

    public static TheoryData<string> Cases => [.. LayerCases.All.Select(layerCase => layerCase.Name)];

    [Fact]
    public void Layers_AllOfTheLibrary_HaveACase() => typeof(Layer).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract)
        .Select(type => type.Name)
        .Should().BeEquivalentTo(LayerCases.All.Select(layerCase => layerCase.Layer).Distinct());

    [Theory]
    [MemberData(nameof(Cases))]
    public void Create_OfCase_MakesTheNamedLayer(string name)
    {
        LayerCase layerCase = LayerCases.Named(name);
        Layer layer = New(layerCase);
        layer.GetType().Name.Should().Be(layerCase.Layer);
        layer.GetType().IsSealed.Should().BeTrue();
        layer.ToString().Should().Be(layerCase.Text);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_OfInput_HasTheShapeAndDType(string name)
    {
        LayerCase layerCase = LayerCases.Named(name);
        foreach (DType dtype in new[] { DType.Float32, DType.Float64 })
        {
            Tensor y = New(layerCase, dtype).Forward(layerCase.Draw(dtype));
            y.Shape.ToString().Should().Be(layerCase.Output.ToString());
            y.DType.Should().Be(dtype);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Summary_OfInputShape_InfersTheOutputAndCountsParameters(string name)
    {
        LayerCase layerCase = LayerCases.Named(name);
        RandomGenerator generator = new(Seed);
        Layer layer = layerCase.Create(DType.Float32, generator);
        ulong position = generator.Position;

        ModuleSummary summary = layer.Summary(layerCase.Input);

        summary.Rows[^1].Output.ToString().Should().Be(layerCase.Output.ToString());
        long count = layerCase.State.Where(state => !layerCase.Buffers.Contains(state.Name)).Sum(state => state.Shape.Length);
        summary.ParameterCount.Should().Be(count);
        summary.TrainableParameterCount.Should().Be(count);
        summary.Rows.Sum(row => row.ParameterCount).Should().Be(count);
        generator.Position.Should().Be(position, "no data, no random numbers");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void StateDict_OfLayer_HasTheNamesAndShapesInOrder(string name)
    {
        LayerCase layerCase = LayerCases.Named(name);
        New(layerCase).StateDict().Select(named => (named.Key, named.Value.Shape)).Should().Equal(layerCase.State);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Create_WithSeed_DrawsTheSameParametersAgain(string name)
    {
        LayerCase layerCase = LayerCases.Named(name);
        Bits(New(layerCase)).Should().Equal(Bits(New(layerCase)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Backward_FromOutput_ReachesEveryParameterAndTheInput(string name)
    {
        LayerCase layerCase = LayerCases.Named(name);
        Layer layer = New(layerCase);
        Tensor x = layerCase.Draw(DType.Float32).RequireGrad();
        Tensor y = layer.Forward(x);
        y.Backward(Tensor.Randn(y.Shape, generator: new(11)));
        x.Grad!.ToArray<float>().Should().Contain(element => element != 0);
        foreach ((string parameterName, Parameter parameter) in layer.NamedParameters())
        {
            parameter.Grad.Should().NotBeNull(parameterName);
            parameter.Grad!.Shape.ToString().Should().Be(parameter.Shape.ToString());
            parameter.Grad.ToArray<float>().Should().Contain(element => element != 0, parameterName);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_InDouble_MatchCentralDifferences(string name)
    {
        LayerCase layerCase = LayerCases.Named(name);
        RandomGenerator generator = new(Seed);
        Layer layer = layerCase.Create(DType.Float64, generator);
        ulong position = generator.Position;
        Parameter[] parameters = [.. layer.Parameters()];
        Tensor[] inputs = [layerCase.Draw(DType.Float64), .. parameters.Select(parameter => parameter.Value.Detach())];

        GradientCheck.Verify(Function, inputs, order: 2, tolerance: Tolerances.CentralDifference);

        Tensor Function(IReadOnlyList<Tensor> xs)
        {
            // The same random numbers each time.
            generator.Position = position;
            for (int i = 0; i < parameters.Length; i++)
                SetValue(parameters[i], xs[i + 1]);
            return layer.Forward(xs[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_InFloat_EqualsDouble(string name)
    {
        LayerCase layerCase = LayerCases.Named(name);
        Layer wide = New(layerCase, DType.Float64);
        Layer narrow = New(layerCase);
        narrow.LoadStateDict(Cast(wide.StateDict(), DType.Float32));
        wide.LoadStateDict(Cast(narrow.StateDict(), DType.Float64));

        Tensor expected = wide.Forward(layerCase.Draw(DType.Float64));
        Tensor actual = narrow.Forward(layerCase.Draw(DType.Float32));

        double[] values = HostValues.ToDoubles(expected);
        Tolerance tolerance = Tolerances.Value(DType.Float32, isElementwise: false, values);
        Comparison.Difference(values, HostValues.ToDoubles(actual), tolerance).Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Load_OfSavedLayer_GivesTheSameBits(string name)
    {
        LayerCase layerCase = LayerCases.Named(name);
        using TemporaryFolder folder = new();
        string path = folder["layer.safetensors"];
        Layer saved = New(layerCase);
        saved.Save(path);
        Layer loaded = layerCase.Create(DType.Float32, new(Seed + 1));
        loaded.Load(path);
        saved.Eval();
        loaded.Eval();
        Bits(loaded).Should().Equal(Bits(saved));
        Tensor x = layerCase.Draw(DType.Float32);
        loaded.Forward(x).ToArray<float>().Should().Equal(saved.Forward(x).ToArray<float>());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Eval_WhenUsed_ChangesNothing(string name)
    {
        LayerCase layerCase = LayerCases.Named(name);
        RandomGenerator generator = new(Seed);
        Layer layer = layerCase.Create(DType.Float32, generator);
        Tensor x = layerCase.Draw(DType.Float32);
        float[] input = x.ToArray<float>();
        layer.Eval();
        ulong position = generator.Position;
        float[] state = Bits(layer);

        float[] first = layer.Forward(x).ToArray<float>();
        float[] second = layer.Forward(x).ToArray<float>();

        second.Should().Equal(first);
        Bits(layer).Should().Equal(state);
        x.ToArray<float>().Should().Equal(input);
        generator.Position.Should().Be(position);
        layer.NamedModules().Should().OnlyContain(named => !named.Module.IsTraining);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Train_AfterEval_IsRandomOnlyWhereTheCaseSaysSo(string name)
    {
        LayerCase layerCase = LayerCases.Named(name);
        Layer layer = New(layerCase);
        layer.Eval();
        layer.Train();
        layer.NamedModules().Should().OnlyContain(named => named.Module.IsTraining);
        Tensor x = layerCase.Draw(DType.Float32);
        bool isRandom = !layer.Forward(x).ToArray<float>().SequenceEqual(layer.Forward(x).ToArray<float>());
        isRandom.Should().Be(layerCase.IsRandom);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void To_AnotherDevice_ComputesTheSameBitsThere(string name)
    {
        LayerCase layerCase = LayerCases.Named(name);
        Layer layer = New(layerCase);
        layer.Eval();
        float[] expected = layer.Forward(layerCase.Draw(DType.Float32)).ToArray<float>();

        layer.To(Devices.Other);
        Tensor y = layer.Forward(layerCase.Draw(DType.Float32, Devices.Other));

        y.Device.Should().BeSameAs(Devices.Other);
        y.ToArray<float>().Should().Equal(expected);
        layer.Parameters().All(parameter => ReferenceEquals(parameter.Value.Device, Devices.Other) && parameter.RequiresGrad)
            .Should().BeTrue();
    }

    private static Layer New(LayerCase layerCase, DType dtype = DType.Float32) => layerCase.Create(dtype, new(Seed));

    private static float[] Bits(Layer layer) => [.. layer.StateDict().Values.SelectMany(tensor => tensor.Cast(DType.Float32).ToArray<float>())];

    private static Dictionary<string, Tensor> Cast(IReadOnlyDictionary<string, Tensor> state, DType dtype) =>
        state.ToDictionary(named => named.Key, named => named.Value.DType == DType.Int64 ? named.Value : named.Value.Cast(dtype));

    /// <summary>Puts a tensor of the checker's in the place of a parameter's own, which no user can.</summary>
    private static void SetValue(Parameter parameter, Tensor value) =>
        typeof(Parameter).GetProperty(nameof(Parameter.Value), BindingFlags.Instance | BindingFlags.Public)!.SetValue(parameter, value);
}
