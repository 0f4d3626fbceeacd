using NeuralNet.Backends.Gpu;

namespace NeuralNet.Gpu.Tests;

public sealed class KernelLoaderTests
{
    [Fact]
    public void Renumber_OfSourcesThatDifferInNumbers_GivesTheSameText()
    {
        string first = KernelLoader.Renumber("struct type_46; struct type_2245_kernel { type_46 field_0; }; L_7: goto L_9; type_2245 var12;");
        string second = KernelLoader.Renumber("struct type_8; struct type_3_kernel { type_8 field_0; }; L_70: goto L_1; type_3 var12;");
        first.Should().Be(second).And.Be("struct type_0; struct type_1_kernel { type_0 field_0; }; L_2: goto L_3; type_1 var12;");
    }
}
