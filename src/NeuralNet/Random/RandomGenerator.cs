using System.Buffers.Binary;
using System.Security.Cryptography;
using NeuralNet.Backends;
using NeuralNet.Memory;

namespace NeuralNet;

/// <summary>
/// A source of random numbers with a seed and a position: the same seed and position give the same numbers on every device, operating
/// system and number of threads.
/// </summary>
/// <remarks>
/// <para>
/// The generator is counter-based (Philox4x32-10): number i of a stream is a function of the seed and i. A draw of n numbers advances the
/// position by ⌈n / 2⌉ whatever their type, in one atomic step; so a generator may be shared by threads, which then never get the same
/// numbers, though the order of their draws decides which ones they get. Give each its own with <see cref="Split"/> where that matters.
/// </para>
/// <para>
/// What takes a <c>RandomGenerator? generator = null</c> draws from <see cref="Current"/> when it is null: the generator of the innermost
/// <see cref="Use"/> in the current async flow, otherwise <see cref="Default"/>.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// RandomGenerator.Default = new RandomGenerator(42);          // the whole process, once at its start
/// using (RandomGenerator.Use(new RandomGenerator(7)))         // this block alone
///     BuildModel();
/// </code>
/// </example>
public sealed partial class RandomGenerator
{
    private long _position;

    /// <summary>Creates a generator at position 0.</summary>
    /// <param name="seed">Any number; different seeds give unrelated streams, neighbouring ones too.</param>
    public RandomGenerator(ulong seed) => Seed = seed;

    /// <summary>Gets the seed, which names the stream.</summary>
    public ulong Seed { get; }

    /// <summary>Gets or sets the position in the stream: the number of 128-bit blocks used so far.</summary>
    /// <remarks>
    /// Seed and position are all of the state: <c>new RandomGenerator(seed) { Position = position }</c> continues a saved one.
    /// </remarks>
    public ulong Position
    {
        get => (ulong)Volatile.Read(ref _position);
        set => Volatile.Write(ref _position, (long)value);
    }

    /// <summary>
    /// Creates a generator whose seed comes from the operating system; read <see cref="Seed"/> to be able to repeat the run.
    /// </summary>
    public static RandomGenerator FromEntropy()
    {
        Span<byte> seed = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(seed);
        return new(BinaryPrimitives.ReadUInt64LittleEndian(seed));
    }

    /// <summary>Creates a generator of an independent stream; its seed is drawn from this one, which advances by one draw.</summary>
    public RandomGenerator Split() => new(Philox.Block(Seed, Reserve(1), Philox.Lane.Keys).Long0);

    /// <summary>Creates a generator of a stream that depends on this one and its position, which stays: for what may draw or not.</summary>
    /// <param name="number">Which of many such streams.</param>
    internal RandomGenerator Derive(ulong number) => new(Philox.Block(Philox.Block(Seed, Position, Philox.Lane.Keys).Long1, number, Philox.Lane.Keys).Long0);

    /// <inheritdoc/>
    public override string ToString() => $"RandomGenerator(seed {Seed}, position {Position})";

    /// <summary>
    /// Takes the blocks for a draw of <paramref name="count"/> elements of any one distribution, and gives the first one's number.
    /// </summary>
    /// <remarks>
    /// A block serves two elements of 64-bit kinds and four of 32-bit kinds; two are counted for both, so that a model draws at the same
    /// positions in float and in double.
    /// </remarks>
    internal ulong Reserve(long count)
    {
        long blocks = count / 2 + (count & 1);
        ulong first = (ulong)(Interlocked.Add(ref _position, blocks) - blocks);
        if (StepRecording.Current is { } recording)
            Record(recording, first, count);
        return first;
    }

    private void Record(StepRecording recording, ulong first, long count) =>
        recording.AddDraw(Seed, first, Position - first, () => Reserve(count));
}
