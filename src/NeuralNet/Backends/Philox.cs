namespace NeuralNet.Backends;

/// <summary>
/// The counter-based generator Philox4x32-10: a block cipher of ten rounds that turns a counter of 128 bits, under a key of 64 bits, into
/// 128 random bits. It has no state, so that any element of a stream is computed alone, on any device, with integer operations only.
/// </summary>
/// <remarks>
/// Source: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 4.3.
/// The low 64 bits of the counter number the blocks of a stream, the high 64 bits its <see cref="Lane"/>. Kernels call this on every
/// device: it stays free of spans, exceptions and library calls.
/// </remarks>
internal static class Philox
{
    public const uint Multiplier0 = 0xD2511F53;
    public const uint Multiplier1 = 0xCD9E8D57;

    /// <summary>What each round adds to the first key word: the golden ratio.</summary>
    public const uint KeyStep0 = 0x9E3779B9;

    /// <summary>What each round adds to the second key word: √3 − 1.</summary>
    public const uint KeyStep1 = 0xBB67AE85;

    public const int Rounds = 10;

    /// <summary>Computes a block of lane 0, where all elements of tensors come from.</summary>
    public static PhiloxBlock Block(ulong key, ulong counter) => Block(key, counter, Lane.Draws);

    /// <summary>Computes a block.</summary>
    /// <param name="key">The seed of the stream.</param>
    /// <param name="counter">The number of the block: the low 64 bits of the counter.</param>
    /// <param name="lane">The high 64 bits of the counter.</param>
    public static PhiloxBlock Block(ulong key, ulong counter, ulong lane)
    {
        uint c0 = (uint)counter;
        uint c1 = (uint)(counter >> 32);
        uint c2 = (uint)lane;
        uint c3 = (uint)(lane >> 32);
        uint key0 = (uint)key;
        uint key1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0;
            ulong product1 = (ulong)Multiplier1 * c2;
            c0 = (uint)(product1 >> 32) ^ c1 ^ key0;
            c1 = (uint)product1;
            c2 = (uint)(product0 >> 32) ^ c3 ^ key1;
            c3 = (uint)product0;
            key0 += KeyStep0;
            key1 += KeyStep1;
        }
        return new(c0, c1, c2, c3);
    }

    /// <summary>The uses of one block number that must not see each other's bits.</summary>
    public static class Lane
    {
        /// <summary>The elements of tensors and single numbers. Lanes 1, 2, … replace a block whose numbers were rejected.</summary>
        public const ulong Draws = 0;

        /// <summary>The keys of child streams.</summary>
        public const ulong Keys = ulong.MaxValue;
    }
}
