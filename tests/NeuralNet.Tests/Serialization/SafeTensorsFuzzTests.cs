using NeuralNet.Serialization;
using NeuralNet.Testing;

namespace NeuralNet.Tests.Serialization;

/// <summary>Thousands of damaged files: each is read or refused as corrupt, and none costs memory.</summary>
public class SafeTensorsFuzzTests
{
    private const int MaxAllocation = 64 << 10;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Open_DamagedFile_ThrowsOnlyCorruptFileException(int seed)
    {
        using TemporaryFolder folder = new();
        string path = folder["model.safetensors"];
        SafeTensorsWriter.Write(
            path,
            [
                SafeTensorsFiles.Item("layer.weight", DType.Float32, [2, 3], new byte[24]),
                SafeTensorsFiles.Item("layer.mask", DType.Bool, [5], 0, 1, 1, 0, 1),
                SafeTensorsFiles.Item("step", DType.Int64, [], new byte[8]),
            ],
            new Dictionary<string, string> { ["format"] = "pt" });
        byte[] whole = File.ReadAllBytes(path);
        ByteMutator mutator = new(seed);
        int refused = 0;
        SafeTensorsFiles.ReadAll(path);
        for (int i = 0; i < 2000; i++)
        {
            File.WriteAllBytes(path, mutator.Mutate(whole, headerLength: 24));
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                SafeTensorsFiles.ReadAll(path);
            }
            catch (CorruptFileException)
            {
                refused++;
            }
            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(MaxAllocation, "input {0} is a file of some 300 bytes", i);
        }
        refused.Should().BeGreaterThan(1000, "most damage breaks the format");
    }
}
