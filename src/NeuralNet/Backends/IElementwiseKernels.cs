using System.Numerics;

namespace NeuralNet.Backends;

/// <summary>
/// Functions applied element by element. Inputs were expanded to the output's shape; an output may be one of the inputs (same layout).
/// </summary>
internal interface IElementwiseKernels
{
    /// <summary>y = op(x).</summary>
    void Unary<T, TOp>(TOp op, View<T> x, View<T> y)
        where T : unmanaged
        where TOp : struct, IUnaryOperator<T>;

    /// <summary>y = op(a, b).</summary>
    void Binary<T, TOp>(TOp op, View<T> a, View<T> b, View<T> y)
        where T : unmanaged
        where TOp : struct, IBinaryOperator<T>;

    /// <summary>y = op(a, b) ? 1 : 0.</summary>
    void Compare<T, TOp>(TOp op, View<T> a, View<T> b, View<byte> y)
        where T : unmanaged
        where TOp : struct, IComparisonOperator<T>;

    /// <summary>y = condition ≠ 0 ? a : b.</summary>
    void Select<T>(View<byte> condition, View<T> a, View<T> b, View<T> y)
        where T : unmanaged;

    /// <summary>y = condition ≠ 0 ? scale·x : 0.</summary>
    void SelectScaled<T>(View<byte> condition, View<T> x, T scale, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>y = op(x), into another element type.</summary>
    void Convert<TFrom, TTo, TOp>(TOp op, View<TFrom> x, View<TTo> y)
        where TFrom : unmanaged
        where TTo : unmanaged
        where TOp : struct, IConversionOperator<TFrom, TTo>;

    /// <summary>y[i₀, i₁, …] = start + step · (position of the element in logical order).</summary>
    void Sequence<T>(T start, T step, View<T> y)
        where T : unmanaged, INumber<T>;
}
