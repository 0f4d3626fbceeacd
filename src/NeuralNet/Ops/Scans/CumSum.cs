using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the sums of the elements up to each, along an axis.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <returns>A tensor of the same shape; Int64 for Bool and integers.</returns>
    /// <remarks>y[i] = Σ x[j] over j ≤ i; the gradient is the sum from the other end. Floats are accumulated in double.</remarks>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    /// <exception cref="DTypeException">The tensor is of a storage dtype.</exception>
    public Tensor CumSum(int axis) => Op.Apply(new CumSumOp(Axes.Normalize(axis, Rank, nameof(CumSum))), this);
}

internal sealed class CumSumOp(int axis) : ScanOp(axis)
{
    protected override Saves Saves => Saves.None;

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients) => gradients[0] = dy.Flip(Axis).CumSum(Axis).Flip(Axis);

    protected override void Launch(IComputeBackend backend, View<float> x, View<double> y) => backend.Scan(new Operator(), x, Axis, y);

    protected override void Launch(IComputeBackend backend, View<double> x, View<double> y) => backend.Scan(new Operator(), x, Axis, y);

    protected override void Launch(IComputeBackend backend, View<int> x, View<long> y) => backend.Scan(new Operator(), x, Axis, y);

    protected override void Launch(IComputeBackend backend, View<long> x, View<long> y) => backend.Scan(new Operator(), x, Axis, y);

    protected override void Launch(IComputeBackend backend, View<byte> x, View<long> y) => backend.Scan(new Operator(), x, Axis, y);

    internal readonly struct Operator :
        IReductionOperator<float, double>, IReductionOperator<double, double>, IReductionOperator<int, long>,
        IReductionOperator<long, long>, IReductionOperator<byte, long>
    {
        double IReductionOperator<float, double>.Identity => 0;

        double IReductionOperator<double, double>.Identity => 0;

        long IReductionOperator<int, long>.Identity => 0;

        long IReductionOperator<long, long>.Identity => 0;

        long IReductionOperator<byte, long>.Identity => 0;

        public double Lift(float x) => x;

        public double Lift(double x) => x;

        public long Lift(int x) => x;

        public long Lift(long x) => x;

        public long Lift(byte x) => x;

        public double Combine(double a, double b) => a + b;

        public long Combine(long a, long b) => a + b;
    }
}
