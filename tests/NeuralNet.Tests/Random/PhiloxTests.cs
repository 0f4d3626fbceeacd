using NeuralNet.Backends;
using NeuralNet.Backends.Cpu.Distributions;

namespace NeuralNet.Tests;

public sealed class PhiloxTests
{
    // The known answers that the authors of the generator publish for philox4x32 with 10 rounds.
    [Theory]
    [InlineData(0UL, 0UL, 0UL, 0x6627E8D5u, 0xE169C58Du, 0xBC57AC4Cu, 0x9B00DBD8u)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408F276Du, 0x41C83B0Eu, 0xA20BC7C6u, 0x6D5451FDu)]
    [InlineData(0x299F31D0A4093822UL, 0x85A308D3243F6A88UL, 0x0370734413198A2EUL, 0xD16CFE09u, 0x94FDCCEBu, 0x5001E420u, 0x24126EA1u)]
    public void Block_PublishedInputs_GivesPublishedWords(ulong key, ulong counter, ulong lane, uint w0, uint w1, uint w2, uint w3)
    {
        PhiloxBlock block = Philox.Block(key, counter, lane);

        new[] { block.Word(0), block.Word(1), block.Word(2), block.Word(3) }.Should().Equal(w0, w1, w2, w3);
        block.Long(0).Should().Be(((ulong)w1 << 32) | w0);
        block.Long(1).Should().Be(((ulong)w3 << 32) | w2);
    }

    [Theory]
    [InlineData(InstructionSet.Scalar)]
    [InlineData(InstructionSet.Vector128)]
    [InlineData(InstructionSet.Avx2)]
    [InlineData(InstructionSet.Avx512)]
    public unsafe void Fill_AnyInstructionSet_GivesTheBlocksInOrder(InstructionSet instructionSet)
    {
        if (instructionSet > CpuOptions.WidestInstructionSet)
            return;
        const int blocks = 37;
        const ulong key = 0x0123456789ABCDEF;
        // The first counter is chosen such that the carry into its upper half, and the end of all counters, are crossed.
        foreach (ulong counter in new[] { 0UL, uint.MaxValue - 5UL, ulong.MaxValue - 5UL })
        {
            uint[] words = new uint[4 * blocks + 1];
            fixed (uint* start = words)
                PhiloxWords.Fill(instructionSet, key, counter, start, blocks);

            for (int i = 0; i < 4 * blocks; i++)
            {
                uint expected = Philox.Block(key, unchecked(counter + (ulong)(i / 4))).Word(i % 4);
                words[i].Should().Be(expected, "word {0} from counter {1}", i, counter);
            }
            words[^1].Should().Be(0, "nothing is written behind the blocks");
        }
    }

    [Fact]
    public void MultiplyHigh_RandomOperands_EqualsThePlatform()
    {
        for (ulong i = 0; i < 10_000; i++)
        {
            PhiloxBlock block = Philox.Block(3, i);
            RandomBits.MultiplyHigh(block.Long0, block.Long1).Should().Be(Math.BigMul(block.Long0, block.Long1, out _));
        }
        RandomBits.MultiplyHigh(ulong.MaxValue, ulong.MaxValue).Should().Be(ulong.MaxValue - 1);
    }
}
