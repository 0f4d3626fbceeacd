using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Backends.Cpu.Distributions;

/// <summary>
/// Philox blocks in bulk. The vector forms compute one block in each 64-bit lane and give the words of <see cref="Philox"/>.
/// </summary>
internal static unsafe class PhiloxWords
{
    /// <summary>Writes the words of consecutive blocks of lane 0, in order.</summary>
    public static void Fill(InstructionSet instructionSet, ulong key, ulong counter, uint* words, int blocks)
    {
        int done = instructionSet switch
        {
            InstructionSet.Avx512 when Avx512F.IsSupported => Fill512(key, counter, words, blocks),
            InstructionSet.Avx512 or InstructionSet.Avx2 when Avx2.IsSupported => Fill256(key, counter, words, blocks),
            _ => 0,
        };
        for (; done < blocks; done++)
        {
            PhiloxBlock block = Philox.Block(key, counter + (ulong)done);
            words[4 * done] = block.Word0;
            words[4 * done + 1] = block.Word1;
            words[4 * done + 2] = block.Word2;
            words[4 * done + 3] = block.Word3;
        }
    }

    // Only the low half of a lane holds a word; the multiplication reads no more, so the upper half may hold anything.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Fill512(ulong key, ulong counter, uint* words, int blocks)
    {
        Vector512<uint> multiplier0 = Vector512.Create(Philox.Multiplier0);
        Vector512<uint> multiplier1 = Vector512.Create(Philox.Multiplier1);
        // Unpacking takes every other lane: this order of the blocks makes the words come out in order.
        Vector512<ulong> counters = Vector512.Create(counter) + Vector512.Create(0UL, 4, 1, 5, 2, 6, 3, 7);
        int done = 0;
        for (; done + 8 <= blocks; done += 8)
        {
            Vector512<ulong> c0 = counters;
            Vector512<ulong> c1 = counters >> 32;
            Vector512<ulong> c2 = Vector512<ulong>.Zero;
            Vector512<ulong> c3 = Vector512<ulong>.Zero;
            uint key0 = (uint)key;
            uint key1 = (uint)(key >> 32);
            for (int round = 0; round < Philox.Rounds; round++)
            {
                Vector512<ulong> product0 = Avx512F.Multiply(c0.AsUInt32(), multiplier0);
                Vector512<ulong> product1 = Avx512F.Multiply(c2.AsUInt32(), multiplier1);
                c0 = (product1 >> 32) ^ c1 ^ Vector512.Create((ulong)key0);
                c1 = product1;
                c2 = (product0 >> 32) ^ c3 ^ Vector512.Create((ulong)key1);
                c3 = product0;
                key0 += Philox.KeyStep0;
                key1 += Philox.KeyStep1;
            }
            Vector512<ulong> lowHalf = Vector512.Create((ulong)uint.MaxValue);
            Vector512<ulong> first = (c0 & lowHalf) | (c1 << 32);
            Vector512<ulong> second = (c2 & lowHalf) | (c3 << 32);
            Avx512F.UnpackLow(first, second).AsUInt32().Store(words + 4 * done);
            Avx512F.UnpackHigh(first, second).AsUInt32().Store(words + 4 * done + 16);
            counters += Vector512.Create(8UL);
        }
        return done;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Fill256(ulong key, ulong counter, uint* words, int blocks)
    {
        Vector256<uint> multiplier0 = Vector256.Create(Philox.Multiplier0);
        Vector256<uint> multiplier1 = Vector256.Create(Philox.Multiplier1);
        Vector256<ulong> counters = Vector256.Create(counter) + Vector256.Create(0UL, 2, 1, 3);
        int done = 0;
        for (; done + 4 <= blocks; done += 4)
        {
            Vector256<ulong> c0 = counters;
            Vector256<ulong> c1 = counters >> 32;
            Vector256<ulong> c2 = Vector256<ulong>.Zero;
            Vector256<ulong> c3 = Vector256<ulong>.Zero;
            uint key0 = (uint)key;
            uint key1 = (uint)(key >> 32);
            for (int round = 0; round < Philox.Rounds; round++)
            {
                Vector256<ulong> product0 = Avx2.Multiply(c0.AsUInt32(), multiplier0);
                Vector256<ulong> product1 = Avx2.Multiply(c2.AsUInt32(), multiplier1);
                c0 = (product1 >> 32) ^ c1 ^ Vector256.Create((ulong)key0);
                c1 = product1;
                c2 = (product0 >> 32) ^ c3 ^ Vector256.Create((ulong)key1);
                c3 = product0;
                key0 += Philox.KeyStep0;
                key1 += Philox.KeyStep1;
            }
            Vector256<ulong> lowHalf = Vector256.Create((ulong)uint.MaxValue);
            Vector256<ulong> first = (c0 & lowHalf) | (c1 << 32);
            Vector256<ulong> second = (c2 & lowHalf) | (c3 << 32);
            Avx2.UnpackLow(first, second).AsUInt32().Store(words + 4 * done);
            Avx2.UnpackHigh(first, second).AsUInt32().Store(words + 4 * done + 8);
            counters += Vector256.Create(4UL);
        }
        return done;
    }
}
