using System.Buffers.Binary;
using MathNet.Numerics.Random;

namespace NeuralNet;

/// <summary>Lets MathNet.Numerics draw from a <see cref="RandomGenerator"/>: pass it to any distribution.</summary>
/// <remarks>
/// It has no state of its own: every number advances the generator, so seed and position of the generator repeat the draws.
/// </remarks>
/// <example><code>double x = MathNet.Numerics.Distributions.Gamma.Sample(new PhiloxRandomSource(generator), 2, 1);</code></example>
public sealed class PhiloxRandomSource : RandomSource
{
    /// <summary>Creates a source over a generator.</summary>
    /// <param name="generator">The generator; null takes <see cref="RandomGenerator.Current"/>, once, now.</param>
    public PhiloxRandomSource(RandomGenerator? generator = null)
        // The generator is atomic by itself; MathNet need not lock.
        : base(threadSafe: false) => Generator = generator ?? RandomGenerator.Current;

    /// <summary>Gets the generator that the numbers come from.</summary>
    public RandomGenerator Generator { get; }

    // System.Random's newer methods would draw from a generator of their own where a derived class leaves them out.

    /// <inheritdoc/>
    public override long NextInt64() => Generator.NextInt64(0, long.MaxValue);

    /// <inheritdoc/>
    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    /// <inheritdoc/>
    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return minValue == maxValue ? minValue : Generator.NextInt64(minValue, maxValue);
    }

    /// <inheritdoc/>
    public override float NextSingle() => Generator.NextSingle();

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        Span<byte> last = stackalloc byte[sizeof(ulong)];
        for (; buffer.Length >= sizeof(ulong); buffer = buffer[sizeof(ulong)..])
            BinaryPrimitives.WriteUInt64LittleEndian(buffer, Generator.NextWord());
        if (buffer.IsEmpty)
            return;
        BinaryPrimitives.WriteUInt64LittleEndian(last, Generator.NextWord());
        last[..buffer.Length].CopyTo(buffer);
    }

    /// <inheritdoc/>
    protected override double DoSample() => Generator.NextDouble();

    /// <inheritdoc/>
    protected override int DoSampleInteger() => (int)Generator.NextInt64(0, int.MaxValue);

    /// <inheritdoc/>
    protected override int DoSampleInteger(int maxExclusive) => (int)Generator.NextInt64(0, maxExclusive);

    /// <inheritdoc/>
    protected override int DoSampleInteger(int minInclusive, int maxExclusive) => (int)Generator.NextInt64(minInclusive, maxExclusive);

    /// <inheritdoc/>
    protected override int DoSampleInt32WithNBits(int bitCount) => (int)DoSampleInt64WithNBits(bitCount);

    /// <inheritdoc/>
    protected override long DoSampleInt64WithNBits(int bitCount) => bitCount == 0 ? 0 : (long)(Generator.NextWord() >> (64 - bitCount));

    /// <inheritdoc/>
    protected override void DoSampleBytes(byte[] buffer) => NextBytes(buffer.AsSpan());
}
