namespace NeuralNet.Memory;

/// <summary>
/// What the host computes anew whenever a recorded step is repeated: the places of draws in their streams, and the numbers of optimizers. They register
/// here while the step runs on a thread that records.
/// </summary>
/// <param name="device">The device that repeats the step.</param>
internal sealed class StepRecording(Device device)
{
    [ThreadStatic]
    private static StepRecording? s_current;

    private readonly List<RecordedDraw> _draws = [];
    private readonly List<Action> _checks = [];
    private readonly List<Action> _repetitions = [];

    /// <summary>The recording of this thread, unless it is paused; null almost always.</summary>
    public static StepRecording? Current => s_current is { IsPaused: false } recording ? recording : null;

    /// <summary>The device that repeats the step.</summary>
    public Device Device => device;

    /// <summary>Whether what the thread does at the moment is not for repetition.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Does something that repetitions must not do again; this thread's recording, if there is one, leaves it out.</summary>
    public static T Unrecorded<T>(Func<T> work)
    {
        if (Current is not { } recording)
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
    /// <exception cref="InvalidOperationException">The thread records a step already, or the step draws where repetitions do not.</exception>
    public void Record(Action step)
    {
        if (s_current is not null)
            throw new InvalidOperationException($"{device}: this thread captures a step already. Capture one after the other.");
        s_current = this;
        try
        {
            step();
        }
        finally
        {
            s_current = null;
        }
        if (_draws.Exists(draw => !draw.IsRepeated))
        {
            throw new InvalidOperationException(
                $"{device}: a step that is captured draws random numbers elsewhere, which its repetitions would not. Draw with device: {device}, or before the step.");
        }
    }

    /// <summary>Adds a draw: blocks of a stream, which are others in each repetition.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="first">The first block.</param>
    /// <param name="blocks">How many.</param>
    /// <param name="reserve">Takes as many blocks for a repetition, and gives the first.</param>
    public void AddDraw(ulong key, ulong first, ulong blocks, Func<ulong> reserve)
    {
        // What is computed again in the backward pass draws the same numbers again.
        if (blocks == 0 || FindDraw(key, first) is not null)
            return;
        RecordedDraw draw = new(key, first, blocks, reserve);
        _draws.Add(draw);
        _repetitions.Add(draw.Repeat);
    }

    /// <summary>Adds something to be done before each repetition.</summary>
    /// <param name="check">Throws if there can be no repetition; nothing was done for it then.</param>
    /// <param name="repeat">What is to be done.</param>
    public void AddRepetition(Action check, Action repeat)
    {
        _checks.Add(check);
        _repetitions.Add(repeat);
    }

    /// <summary>The draw to which a block of a stream belongs; null if it was made before the recording.</summary>
    public RecordedDraw? FindDraw(ulong key, ulong block) => _draws.FindLast(draw => draw.Holds(key, block));

    /// <summary>Computes everything anew, in the order of the step.</summary>
    public void Repeat()
    {
        _checks.ForEach(check => check());
        _repetitions.ForEach(repeat => repeat());
    }
}
