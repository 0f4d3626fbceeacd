using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Computes the products of the elements up to each, along an axis.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <returns>A tensor of the same shape; Int64 for Bool and integers.</returns>
    /// <remarks>y[i] = Π x[j] over j ≤ i; the gradient is right also where elements are 0. Floats are accumulated in double.</remarks>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    /// <exception cref="DTypeException">The tensor is of a storage dtype.</exception>
    public Tensor CumProd(int axis) => Op.Apply(new CumProdOp(Axes.Normalize(axis, Rank, nameof(CumProd))), this);
}

internal sealed class CumProdOp(int axis) : ScanOp(axis)
{
    protected override Saves Saves => Saves.First;

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients)
    {
        Tensor x = SavedInput(0);
        if (x.Length == 0)
        {
            gradients[0] = Tensor.ZerosLike(x);
            return;
        }
        Tensor rows = x.MoveAxis(Axis, -1);
        Tensor cotangents = dy.MoveAxis(Axis, -1).Reshape(-1, rows.Shape[-1]);
        gradients[0] = Pulled(rows.Reshape(-1, rows.Shape[-1]), cotangents).Reshape(rows.Shape).MoveAxis(-1, Axis);
    }

    protected override void Launch(IComputeBackend backend, View<float> x, View<double> y) => backend.Scan(new Operator(), x, Axis, y);

    protected override void Launch(IComputeBackend backend, View<double> x, View<double> y) => backend.Scan(new Operator(), x, Axis, y);

    protected override void Launch(IComputeBackend backend, View<int> x, View<long> y) => backend.Scan(new Operator(), x, Axis, y);

    protected override void Launch(IComputeBackend backend, View<long> x, View<long> y) => backend.Scan(new Operator(), x, Axis, y);

    protected override void Launch(IComputeBackend backend, View<byte> x, View<long> y) => backend.Scan(new Operator(), x, Axis, y);

    /// <summary>
    /// The gradient for rows of [rows, n], by the products of pairs and their running products, without a division: so zeros are as good as
    /// other numbers, in derivatives of any order.
    /// </summary>
    private static Tensor Pulled(Tensor x, Tensor dy)
    {
        long length = x.Shape[1];
        if (length == 1)
            return dy;
        bool isOdd = length % 2 != 0;
        Tensor pairs = (isOdd ? x.Pad([0, 1], 1) : x).Reshape(x.Shape[0], -1, 2);
        Tensor gradients = (isOdd ? dy.Pad([0, 1]) : dy).Reshape(x.Shape[0], -1, 2);
        Tensor first = pairs[.., .., 0];
        Tensor second = pairs[.., .., 1];
        Tensor products = first * second;
        // y of a pair's first element is all earlier pairs' product times it; y of its second is the product up to the pair.
        Tensor earlier = products.CumProd(1).Pad([1, -1], 1);
        Tensor ofFirst = gradients[.., .., 0];
        Tensor ofRunning = gradients[.., .., 1] + (ofFirst * first).Pad([-1, 1]);
        Tensor ofProducts = Pulled(products, ofRunning);
        Tensor dx = Tensor.Stack([ofFirst * earlier + ofProducts * second, ofProducts * first], -1).Reshape(x.Shape[0], -1);
        return isOdd ? dx.Slice(1, 0, length) : dx;
    }

    internal readonly struct Operator :
        IReductionOperator<float, double>, IReductionOperator<double, double>, IReductionOperator<int, long>,
        IReductionOperator<long, long>, IReductionOperator<byte, long>
    {
        double IReductionOperator<float, double>.Identity => 1;

        double IReductionOperator<double, double>.Identity => 1;

        long IReductionOperator<int, long>.Identity => 1;

        long IReductionOperator<long, long>.Identity => 1;

        long IReductionOperator<byte, long>.Identity => 1;

        public double Lift(float x) => x;

        public double Lift(double x) => x;

        public long Lift(int x) => x;

        public long Lift(long x) => x;

        public long Lift(byte x) => x;

        public double Combine(double a, double b) => a * b;

        public long Combine(long a, long b) => a * b;
    }
}
