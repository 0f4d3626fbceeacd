using NeuralNet.Testing;

namespace NeuralNet.Tests.Serialization;

/// <summary>Tensors through a file and back.</summary>
public sealed class SafeTensorsTests
{
    [Fact]
    public void SaveAndLoad_OfMoreThanOneBuffer_GivesTheSameBytes()
    {
        using TemporaryFolder folder = new();
        string path = folder["large.safetensors"];
        Tensor large = Tensor.Arange(1_000_003, DType.Int32);
        Tensor truth = Tensor.Arange(1_500_001) > 750_000;
        SafeTensors.Save(path, new Dictionary<string, Tensor> { ["large"] = large, ["truth"] = truth, ["slice"] = large[7..^5] });
        IReadOnlyDictionary<string, Tensor> loaded = SafeTensors.Load(path);
        loaded["large"].ToArray<int>().Should().Equal(large.ToArray<int>());
        loaded["truth"].ToArray<bool>().Should().Equal(truth.ToArray<bool>());
        loaded["slice"].ToArray<int>().Should().Equal(large[7..^5].ToArray<int>());
    }

    [Fact]
    public void Load_WithMetadata_GivesTheTextsBack()
    {
        using TemporaryFolder folder = new();
        string path = folder["texts.safetensors"];
        Dictionary<string, string> texts = new() { ["epoch"] = "3", ["note"] = "größer" };
        SafeTensors.Save(path, new Dictionary<string, Tensor> { ["w"] = Tensor.Ones(2) }, texts);
        SafeTensors.Load(path, out IReadOnlyDictionary<string, string> metadata).Should().ContainKey("w");
        metadata.Should().BeEquivalentTo(texts);
    }

    [Theory]
    [InlineData("[0,4611686018427387904]")]
    [InlineData("[1152921504606846976,0]")]
    public void Load_EmptyTensorWithAHugeAxis_IsCorrupt(string shape)
    {
        CorruptFileException exception = SafeTensorsFiles.ReadCorrupt(
            SafeTensorsFiles.Bytes($$"""{"a":{"dtype":"U8","shape":{{shape}},"data_offsets":[0,0]} }"""));
        exception.Offset.Should().Be(8 + """{"a":{"dtype":"U8","shape":""".Length);
        exception.Expected.Should().Be("a shape of at most 2^59 elements for tensor 'a'");
    }
}
