using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Finds the smallest of the elements up to each, along an axis.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <returns>The elements, of the same shape, and their positions along the axis, of Int64: the last of equals. From the first NaN on all are
    /// NaN.</returns>
    /// <remarks>The gradient goes to the element at the position.</remarks>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    /// <exception cref="DTypeException">The tensor is of Bool or a storage dtype.</exception>
    public (Tensor Values, Tensor Indices) CumMin(int axis)
    {
        axis = Axes.Normalize(axis, Rank, nameof(CumMin));
        Tensor indices = Op.Apply(new CumMinOp(axis), this);
        return (Op.Apply(new GatherOp(axis), this, indices), indices);
    }
}

internal sealed class CumMinOp(int axis) : RunningIndexOp(axis)
{
    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<long> y) => backend.ArgScan(new Operator<T>(), x, Axis, y);

    internal readonly struct Operator<T> : IComparisonOperator<T>
        where T : unmanaged, INumber<T>
    {
        public bool Invoke(T candidate, T best) => candidate <= best || T.IsNaN(candidate);
    }
}
