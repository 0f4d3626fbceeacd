namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>One row of a loop nest: where each operand starts, how far its neighbours lie apart in bytes, and how many there are.</summary>
internal unsafe struct Row
{
    public byte* P0;
    public byte* P1;
    public byte* P2;
    public byte* P3;
    public nint S0;
    public nint S1;
    public nint S2;
    public nint S3;
    public nint Count;

    /// <summary>Skips elements at the start.</summary>
    public void Skip(long count)
    {
        P0 += S0 * count;
        P1 += S1 * count;
        P2 += S2 * count;
        P3 += S3 * count;
    }
}
