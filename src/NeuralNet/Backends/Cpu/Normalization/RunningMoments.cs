namespace NeuralNet.Backends.Cpu.Normalization;

/// <summary>
/// Mean and variance of numbers that come in pieces (Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing
/// sample variances", 1979).
/// </summary>
internal struct RunningMoments
{
    private double _count;
    private double _squares;

    public double Mean { get; private set; }

    public readonly double Variance => _squares / _count;

    /// <summary>Adds a piece of some numbers, with their mean and the sum of squared deviations from it.</summary>
    public void Add(double mean, double squares, double count)
    {
        double delta = mean - Mean;
        double total = _count + count;
        Mean += delta * (count / total);
        // The weight first, which is 0 for the first piece: the square of a large mean would be infinite.
        _squares += squares + delta * (_count * count / total) * delta;
        _count = total;
    }
}
