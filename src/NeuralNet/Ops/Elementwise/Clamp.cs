using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Limits each element to a range.</summary>
    /// <param name="min">The smallest number that stays; null for no limit.</param>
    /// <param name="max">The largest number that stays, which wins over <paramref name="min"/>; null for no limit.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <remarks>y = min(max(x, min), max), dy/dx = 1 inside the range and at its ends, else 0. NaN stays NaN
    /// and has the gradient 0; a limit that is NaN gives NaN.</remarks>
    /// <exception cref="DTypeException">The tensor is of Bool or a storage dtype, or a limit is a fraction for a tensor of integers.</exception>
    /// <exception cref="ArgumentException">Both limits are null.</exception>
    public Tensor Clamp(Scalar? min = null, Scalar? max = null)
    {
        ClampOp.RequireLimit(min is null && max is null);
        if (!DType.IsFloatingPoint() || !(IsNaN(min) || IsNaN(max)))
            return Op.Apply(new ClampOp(min, max), this);
        return Clamp(min is { } low ? OfScalar(low, this) : null, max is { } high ? OfScalar(high, this) : null);

        static bool IsNaN(Scalar? limit) => limit is { } number && double.IsNaN(number.ToDouble());
    }

    /// <summary>Limits each element to a range of its own, broadcast.</summary>
    /// <param name="min">The smallest numbers that stay; null for no limit.</param>
    /// <param name="max">The largest numbers that stay, which win over <paramref name="min"/>; null for no limit.</param>
    /// <returns>A tensor of the common shape.</returns>
    /// <remarks>The gradient goes to the element where it is inside the range or at its end, else to the limit. A limit that is NaN
    /// gives NaN.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ, or are Bool or storage dtypes.</exception>
    /// <exception cref="ArgumentException">Both limits are null.</exception>
    public Tensor Clamp(Tensor? min, Tensor? max)
    {
        ClampOp.RequireLimit(min is null && max is null);
        Require.Numeric(nameof(Clamp), DType);
        if (min is not null)
            Require.SameDType(nameof(Clamp), this, min);
        if (max is not null)
            Require.SameDType(nameof(Clamp), this, max);
        Tensor y = min is null ? Unchanged() : Where(OrNaN(Less(min), min), min, this);
        return max is null ? y : Where(OrNaN(y.Greater(max), max), max, y);
    }

    private static Tensor OrNaN(Tensor condition, Tensor limit) => limit.DType.IsFloatingPoint() ? condition | limit.IsNaN() : condition;
}

internal sealed class ClampOp(Scalar? min, Scalar? max) : NumericUnaryOp, IActivation
{
    /// <exception cref="ArgumentException">There is no limit.</exception>
    public static void RequireLimit(bool isMissing)
    {
        if (isMissing)
            throw new ArgumentException("Clamp: neither bound is given. Give min, max or both.");
    }

    protected override Saves Saves => Saves.First;

    public void LaunchGradient<T>(IComputeBackend backend, View<T> dy, View<T> x, View<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        backend.Binary(new GradientOperator<T>(min?.To<T>(Name) ?? T.NegativeInfinity, max?.To<T>(Name) ?? T.PositiveInfinity), dy, x, dx);

    public Tensor ComposeGradient(Tensor dy, Tensor x)
    {
        Tensor dx = min is { } low ? Tensor.Where(x.GreaterOrEqual(low), dy, 0) : dy;
        return max is { } high ? Tensor.Where(x.LessOrEqual(high), dx, 0) : dx;
    }

    protected override void Launch<T>(IComputeBackend backend, View<T> x, View<T> y) =>
        backend.Unary(new Operator<T>(min?.To<T>(Name) ?? Constants<T>.Lowest, max?.To<T>(Name) ?? Constants<T>.Highest), x, y);

    protected override Tensor Backward(Tensor dy, Tensor x, Tensor y) => Apply(new ActivationGradOp(this), dy, x);

    internal readonly struct Operator<T>(T min, T max) : IUnaryOperator<T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T x)
        {
            T y = x < min ? min : x;
            return y > max ? max : y;
        }

        public TVector Invoke<TVector>(TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector low = TVector.Create(min);
            TVector high = TVector.Create(max);
            TVector y = TVector.Select(TVector.Greater(low, x), low, x);
            return TVector.Select(TVector.Greater(y, high), high, y);
        }
    }

    internal readonly struct GradientOperator<T>(T min, T max) : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T dy, T x) => x >= min && x <= max ? dy : Constants<T>.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector dy, TVector x)
            where TVector : struct, ISimd<TVector, T>
        {
            TVector zero = TVector.Create(T.Zero);
            TVector left = TVector.Select(TVector.GreaterOrEqual(TVector.Create(max), x), dy, zero);
            return TVector.Select(TVector.GreaterOrEqual(x, TVector.Create(min)), left, zero);
        }
    }
}
