namespace NeuralNet;

public sealed partial class RandomGenerator
{
    private static readonly AsyncLocal<RandomGenerator?> s_ambient = new();
    private static RandomGenerator s_default = FromEntropy();

    /// <summary>Gets or sets the generator of the process, for all draws that name none.</summary>
    /// <remarks>It is seeded from the operating system; assign <c>new RandomGenerator(seed)</c> to make runs repeatable.</remarks>
    public static RandomGenerator Default
    {
        get => Volatile.Read(ref s_default);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Volatile.Write(ref s_default, value);
        }
    }

    /// <summary>
    /// Gets the generator that draws use which name none: that of the innermost <see cref="Use"/>, otherwise <see cref="Default"/>.
    /// </summary>
    public static RandomGenerator Current => s_ambient.Value ?? Default;

    /// <summary>Makes a generator the current one, for this async flow and what it calls or starts, until the result is disposed.</summary>
    /// <param name="generator">The generator to draw from.</param>
    /// <returns>A scope that brings back the generator from before: <c>using var scope = RandomGenerator.Use(…);</c></returns>
    public static IDisposable Use(RandomGenerator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        AmbientScope scope = new(s_ambient.Value);
        s_ambient.Value = generator;
        return scope;
    }

    private sealed class AmbientScope(RandomGenerator? previous) : IDisposable
    {
        private bool _isDisposed;

        public void Dispose()
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            s_ambient.Value = previous;
        }
    }
}
