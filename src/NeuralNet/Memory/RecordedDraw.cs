namespace NeuralNet.Memory;

/// <summary>Blocks of a stream of random numbers that a recorded step drew.</summary>
internal sealed class RecordedDraw(ulong key, ulong first, ulong blocks, Func<ulong> reserve)
{
    /// <summary>How far behind the recorded blocks those of this repetition are.</summary>
    public ulong Shift { get; private set; }

    /// <summary>Whether the device that repeats the step makes the draw.</summary>
    public bool IsRepeated { get; set; }

    /// <summary>Whether a block of a stream is one of these.</summary>
    public bool Holds(ulong streamKey, ulong block) => streamKey == key && block - first < blocks;

    /// <summary>Takes blocks for a repetition.</summary>
    public void Repeat() => Shift = reserve() - first;
}
