using NeuralNet.Testing;

namespace NeuralNet.Tests.Learning;

/// <summary>That a state is copied as a whole or not at all, from memory and from files, hostile ones too.</summary>
public sealed class StateDictTests
{
    [Fact]
    public void StateDict_OfModel_SharesItsMemory()
    {
        Sequential model = Model();
        using (Autograd.NoGrad())
            model.StateDict()["0.bias"].Fill(7);
        ((Dense)model[0]).Bias!.Value.ToArray<float>().Should().OnlyContain(x => x == 7);
    }

    [Fact]
    public void LoadStateDict_OfAnotherModel_CopiesValues()
    {
        Sequential source = Model();
        Sequential target = Model();
        target.LoadStateDict(source.StateDict());
        Bits(target).Should().Equal(Bits(source));
        ((Dense)source[0]).Weight.Value.Storage.Should().NotBeSameAs(((Dense)target[0]).Weight.Value.Storage);
    }

    [Fact]
    public void LoadStateDict_WithMissingAndUnknownNames_ThrowsAndChangesNothing()
    {
        Sequential model = Model();
        Dictionary<string, Tensor> state = Copy(Model());
        state.Remove("2.bias");
        state["3.weight"] = Tensor.Ones(2);
        Unchanged<ArgumentException>(model, m => m.LoadStateDict(state))
            .WithMessage("Sequential: 1 names are missing in the state [2.bias], 1 are unknown [3.weight]. *strict: false*");
    }

    [Fact]
    public void LoadStateDict_NotStrict_CopiesWhatIsThere()
    {
        Sequential model = Model();
        float[] weight = model.StateDict()["0.weight"].ToArray<float>();
        Dictionary<string, Tensor> state = new() { ["2.bias"] = Tensor.Full([3], 5), ["unknown"] = Tensor.Ones(1) };
        model.LoadStateDict(state, strict: false);
        model.StateDict()["2.bias"].ToArray<float>().Should().Equal(5, 5, 5);
        model.StateDict()["0.weight"].ToArray<float>().Should().Equal(weight);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LoadStateDict_WithAnotherShapeAtTheEnd_ThrowsAndChangesNothing(bool strict)
    {
        Dictionary<string, Tensor> state = Copy(Model());
        // [1] would broadcast to [3].
        state["2.bias"] = Tensor.Ones(1);
        Unchanged<ShapeException>(Model(), m => m.LoadStateDict(state, strict))
            .WithMessage("2.bias: a value of [1] for a tensor of [3]. *");
    }

    [Fact]
    public void LoadStateDict_WithAnotherDType_ThrowsAndChangesNothing()
    {
        Dictionary<string, Tensor> state = Copy(Model());
        state["2.bias"] = Tensor.Ones([3], DType.Float64);
        Unchanged<DTypeException>(Model(), m => m.LoadStateDict(state))
            .WithMessage("2.bias: a value of Float64 for a tensor of Float32. Use Cast(DType.Float32).");
    }

    [Fact]
    public void LoadStateDict_WithAValueWithoutData_ThrowsAndChangesNothing()
    {
        Dictionary<string, Tensor> state = Copy(Model());
        state["2.bias"] = Tensor.Zeros([3], device: Device.Meta);
        Unchanged<DeviceException>(Model(), m => m.LoadStateDict(state));
    }

    [Fact]
    public void LoadStateDict_WithAnEndedValue_ThrowsAndChangesNothing()
    {
        Dictionary<string, Tensor> state = Copy(Model());
        using (new TensorScope())
            state["2.bias"] = Tensor.Ones(3);
        Unchanged<ObjectDisposedException>(Model(), m => m.LoadStateDict(state));
    }

    [Fact]
    public void LoadStateDict_FromAnotherDevice_BringsTheValues()
    {
        Sequential source = Model();
        source.To(Devices.Other);
        Sequential target = Model();
        target.LoadStateDict(source.StateDict());
        Bits(target).Should().Equal(Bits(source));
        target.Parameters().Should().OnlyContain(parameter => ReferenceEquals(parameter.Value.Device, Device.Cpu));
    }

    [Fact]
    public void LoadStateDict_BetweenForwardAndBackward_IsSeenByTheGraph()
    {
        Sequential model = Model();
        Tensor loss = model.Forward(Tensor.Ones(2, 4)).Sum();
        model.LoadStateDict(Copy(Model()));
        ((Action)(() => loss.Backward())).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Load_OfSavedModel_RestoresParametersAndState()
    {
        using TemporaryFolder folder = new();
        Counter saved = new();
        using (Autograd.NoGrad())
        {
            saved.Weight.Value.Fill(3);
            saved.Seen.Value.Fill(42);
        }
        saved.Save(folder["model.safetensors"]);
        Counter loaded = new();
        loaded.Load(folder["model.safetensors"]);
        loaded.Weight.Value.ToArray<float>().Should().Equal(3, 3);
        loaded.Seen.Value.Item<long>().Should().Be(42);
        loaded.Weight.RequiresGrad.Should().BeTrue();
    }

    [Fact]
    public void Save_OverAnEarlierFile_ReplacesItAndLeavesNothingElse()
    {
        using TemporaryFolder folder = new();
        string path = folder["model.safetensors"];
        Model().Save(path);
        Sequential second = Model();
        second.Save(path);
        Sequential loaded = Model();
        loaded.Load(path);
        Bits(loaded).Should().Equal(Bits(second));
        Directory.GetFiles(folder.Path).Should().Equal(path);
    }

    [Fact]
    public void Load_OfTruncatedFile_ThrowsAtEveryLengthAndChangesNothing()
    {
        using TemporaryFolder folder = new();
        string path = folder["model.safetensors"];
        Model().Save(path);
        byte[] content = File.ReadAllBytes(path);
        Sequential model = Model();
        float[] before = Bits(model);
        for (int length = 0; length < content.Length; length += length < 16 ? 1 : 37)
        {
            string cut = folder.Write("cut.safetensors", content.AsSpan(..length));
            ((Action)(() => model.Load(cut))).Should().Throw<CorruptFileException>($"only {length} of {content.Length} bytes are there");
        }
        Bits(model).Should().Equal(before);
    }

    [Fact]
    public void Load_OfMutatedFiles_ThrowsAnExpectedErrorOrLoadsNumbers()
    {
        using TemporaryFolder folder = new();
        string path = folder["model.safetensors"];
        Sequential saved = Model();
        saved.Save(path);
        byte[] content = File.ReadAllBytes(path);
        Random random = new(5);
        Sequential model = Model();
        for (int i = 0; i < 200; i++)
        {
            byte[] mutated = [.. content];
            // In the header, where structure is.
            mutated[random.Next(Math.Min(content.Length, 300))] ^= (byte)(1 << random.Next(8));
            float[] before = Bits(model);
            Exception? error = Record.Exception(() => model.Load(folder.Write("mutated.safetensors", mutated)));
            if (error is null)
                continue;
            error.Should().Match(e => e is CorruptFileException || e is ArgumentException);
            Bits(model).Should().Equal(before);
        }
    }

    [Fact]
    public void Load_OfAnotherModelsFile_ThrowsAndChangesNothing()
    {
        using TemporaryFolder folder = new();
        string names = folder["names.safetensors"];
        new Sequential(new Identity(), new Dense(4, 5)).Save(names);
        Unchanged<ArgumentException>(Model(), m => m.Load(names));
        string shapes = folder["shapes.safetensors"];
        new Sequential(new Dense(4, 5), new ReLU(), new Dense(5, 4)).Save(shapes);
        Unchanged<ShapeException>(Model(), m => m.Load(shapes));
        string dtypes = folder["dtypes.safetensors"];
        new Sequential(new Dense(4, 5, dtype: DType.Float64), new ReLU(), new Dense(5, 3, dtype: DType.Float64)).Save(dtypes);
        Unchanged<DTypeException>(Model(), m => m.Load(dtypes));
    }

    [Fact]
    public void LoadStateDict_OfItsOwnValuesSwapped_SwapsThem()
    {
        Sequential model = new(new Dense(3, 3), new Dense(3, 3));
        Dictionary<string, Tensor> before = Copy(model);
        Dictionary<string, Tensor> swapped = model.StateDict().ToDictionary(named => (named.Key[0] == '0' ? "1" : "0") + named.Key[1..], named => named.Value);

        model.LoadStateDict(swapped);

        foreach ((string name, Tensor value) in model.StateDict())
            value.ToArray<float>().Should().Equal(before[(name[0] == '0' ? "1" : "0") + name[1..]].ToArray<float>());
    }

    [Fact]
    public void LoadStateDict_OfAnEndedTensor_ThrowsAndChangesNothing()
    {
        Sequential model = Model();
        Dictionary<string, Tensor> state = Copy(model);
        using (new TensorScope())
            state["2.bias"] = Tensor.Zeros(3);
        Unchanged<ObjectDisposedException>(model, m => m.LoadStateDict(state)).WithMessage("*scope.Keep(tensor)*");
    }

    [Fact]
    public void Load_OfMissingFile_ThrowsAnIOException()
    {
        using TemporaryFolder folder = new();
        Unchanged<IOException>(Model(), m => m.Load(folder["nowhere.safetensors"]));
    }

    private static Sequential Model() => new(new Dense(4, 5), new ReLU(), new Dense(5, 3));

    private static float[] Bits(Module module) => [.. module.StateDict().Values.SelectMany(tensor => tensor.ToArray<float>())];

    private static Dictionary<string, Tensor> Copy(Module module) =>
        module.StateDict().ToDictionary(named => named.Key, named => named.Value.Clone());

    private static FluentAssertions.Specialized.ExceptionAssertions<TException> Unchanged<TException>(Module model, Action<Module> act)
        where TException : Exception
    {
        float[] before = Bits(model);
        var thrown = ((Action)(() => act(model))).Should().Throw<TException>();
        Bits(model).Should().Equal(before);
        return thrown;
    }

    private sealed class Counter : Module
    {
        public Parameter Weight { get; } = new(Tensor.Zeros(2));

        public StateTensor Seen { get; } = new(Tensor.FromScalar(0L));
    }
}
