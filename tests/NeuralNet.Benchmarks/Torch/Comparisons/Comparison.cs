namespace NeuralNet.Benchmarks.Torch;

/// <summary>The same computation on both sides.</summary>
/// <remarks>
/// The rules that keep it fair. (1) Both compute the same numbers from the same numbers; <see cref="Verify"/> looks before anything is
/// timed. (2) Every argument of TorchSharp's is given, so that no default differs. (3) TorchSharp's results are disposed at once or by a
/// DisposeScope, ours are ended by a <see cref="TensorScope"/>: both get their memory back at once; a training step of ours has no scope,
/// as the usual loop has none. (4) Gradients are recorded on both sides where the case says so, and on neither side elsewhere.
/// </remarks>
internal abstract class Comparison : IDisposable
{
    /// <summary>Gets whether gradients are on; elsewhere the runner turns them off on both sides.</summary>
    public virtual bool RecordsGradients => false;

    /// <summary>Throws if both sides do not compute the same.</summary>
    /// <exception cref="ValuesDifferException">They do not.</exception>
    public abstract void Verify(string name);

    /// <summary>Computes once with this library.</summary>
    public abstract void Ours();

    /// <summary>Computes once with libtorch.</summary>
    public abstract void Theirs();

    /// <summary>Gets whether libtorch computes images in two layouts; then the faster one counts.</summary>
    public virtual bool HasTwoLayouts => false;

    /// <summary>Computes once with libtorch, channels last.</summary>
    public virtual void TheirsChannelsLast() => throw new NotSupportedException();

    public abstract void Dispose();
}
