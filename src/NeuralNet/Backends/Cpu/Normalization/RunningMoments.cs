namespace NeuralNet.Backends.Cpu.Normalization;

/// <summary>
/// Mean and sum of squared deviations of numbers that come in pieces (Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for
/// computing sample variances", 1979).
/// </summary>
internal struct RunningMoments
{
    private double _count;
    private double _squares;

    public double Mean { get; private set; }

    public readonly double Variance => _squares / _count;

    /// <summary>Adds a piece of some numbers.</summary>
    public void Add(double mean, double squares, double count)
    {
        double delta = mean - Mean;
        double total = _count + count;
        Mean += delta * (count / total);
        _squares += squares + delta * delta * (_count * count / total);
        _count = total;
    }
}
