namespace NeuralNet.Memory;

/// <summary>
/// What the host computes anew whenever a recorded step is repeated: the places of draws in their streams, and the numbers of optimizers. They register
/// here while the step runs on a thread that records.
/// </summary>
internal sealed class StepRecording
{
    [ThreadStatic]
    private static StepRecording? s_current;

    private readonly List<RecordedDraw> _draws = [];
    private readonly List<Action> _repetitions = [];

    /// <summary>The recording of this thread; null almost always.</summary>
    public static StepRecording? Current => s_current;

    /// <summary>Whether what the thread does at the moment is not for repetition.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Does something that repetitions must not do again; this thread's recording, if there is one, leaves it out.</summary>
    public static T Unrecorded<T>(Func<T> work)
    {
        if (s_current is not { IsPaused: false } recording)
            return work();
        recording.IsPaused = true;
        try
        {
            return work();
        }
        finally
        {
            recording.IsPaused = false;
        }
    }

    /// <summary>Runs a step, and records it.</summary>
    /// <exception cref="InvalidOperationException">The thread records a step already.</exception>
    public void Record(Action step)
    {
        if (s_current is not null)
            throw new InvalidOperationException("Capture: this thread captures a step already. Capture one after the other.");
        s_current = this;
        try
        {
            step();
        }
        finally
        {
            s_current = null;
        }
    }

    /// <summary>Adds a draw: blocks of a stream, which are others in each repetition.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="first">The first block.</param>
    /// <param name="blocks">How many.</param>
    /// <param name="reserve">Takes as many blocks for a repetition, and gives the first.</param>
    public void AddDraw(ulong key, ulong first, ulong blocks, Func<ulong> reserve)
    {
        RecordedDraw draw = new(key, first, blocks, reserve);
        _draws.Add(draw);
        _repetitions.Add(draw.Repeat);
    }

    /// <summary>Adds something to be done before each repetition.</summary>
    public void AddRepetition(Action repeat) => _repetitions.Add(repeat);

    /// <summary>The draw to which a block of a stream belongs; null if it was made before the recording.</summary>
    public RecordedDraw? FindDraw(ulong key, ulong block) => _draws.FindLast(draw => draw.Holds(key, block));

    /// <summary>Computes everything anew, in the order of the step.</summary>
    public void Repeat() => _repetitions.ForEach(repeat => repeat());
}
