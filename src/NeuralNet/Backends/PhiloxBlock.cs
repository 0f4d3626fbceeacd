namespace NeuralNet.Backends;

/// <summary>The 128 random bits that Philox makes of one counter, as four 32-bit words or two 64-bit ones.</summary>
internal readonly struct PhiloxBlock(uint word0, uint word1, uint word2, uint word3)
{
    public readonly uint Word0 = word0;
    public readonly uint Word1 = word1;
    public readonly uint Word2 = word2;
    public readonly uint Word3 = word3;

    /// <summary>Words 0 and 1, word 0 in the low half.</summary>
    public ulong Long0 => ((ulong)Word1 << 32) | Word0;

    /// <summary>Words 2 and 3, word 2 in the low half.</summary>
    public ulong Long1 => ((ulong)Word3 << 32) | Word2;

    /// <summary>One of the four words.</summary>
    public uint Word(int index) => index < 2 ? (index == 0 ? Word0 : Word1) : (index == 2 ? Word2 : Word3);

    /// <summary>One of the two 64-bit words.</summary>
    public ulong Long(int index) => index == 0 ? Long0 : Long1;
}
