using NeuralNet.Memory;

namespace NeuralNet;

/// <summary>The modes of automatic differentiation. They hold for the code inside the <c>using</c>, across <c>await</c> too.</summary>
public static class Autograd
{
    /// <summary>Gets whether operations are recorded here, so that gradients can be computed.</summary>
    public static bool IsEnabled => AmbientContext.GradientsEnabled;

    /// <summary>Stops recording: <c>using (Autograd.NoGrad()) { … }</c>. For evaluation, and for writing to parameters.</summary>
    public static Mode NoGrad() => Mode.Enter(AmbientContext.Current with { Gradients = false });

    /// <summary>Records again inside <see cref="NoGrad"/>.</summary>
    public static Mode EnableGrad() => Mode.Enter(AmbientContext.Current with { Gradients = true });

    /// <summary>
    /// Checks every result and every gradient for NaN, and throws an <see cref="AnomalyException"/> that names the operation that made the
    /// first. Slow: for finding an error.
    /// </summary>
    public static Mode DetectAnomalies() => Mode.Enter(AmbientContext.Current with { DetectAnomalies = true });

    internal static Mode SuspendAnomalyDetection() =>
        Mode.Enter(AmbientContext.Current with { DetectAnomalies = false, Gradients = false });

    /// <summary>Goes back to the previous mode when disposed.</summary>
    /// <remarks>Dispose it once, by <c>using</c>: a second time would bring the modes of then back.</remarks>
    public readonly struct Mode : IDisposable
    {
        private readonly AmbientContext? _outer;
        private readonly AmbientChange _change;
        private readonly bool? _outerOnThread;

        private Mode(AmbientContext outer, AmbientChange change, bool? outerOnThread)
        {
            _outer = outer;
            _change = change;
            _outerOnThread = outerOnThread;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_outer is null)
                return;
            // Scopes opened meanwhile and still open stay; only the modes go back.
            if (!_change.TryUndo())
            {
                AmbientContext.Current = AmbientContext.Current with
                {
                    Gradients = _outer.Gradients,
                    DetectAnomalies = _outer.DetectAnomalies,
                };
            }
            AmbientContext.GradientsOnThread = _outerOnThread;
        }

        internal static Mode Enter(AmbientContext context)
        {
            Mode mode = new(AmbientContext.Current, AmbientChange.To(context), AmbientContext.GradientsOnThread);
            AmbientContext.GradientsOnThread = null;
            return mode;
        }
    }
}
