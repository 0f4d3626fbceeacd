using System.Numerics;

namespace NeuralNet.Backends;

/// <summary>
/// A vector of elements of one instruction-set width. An operator's vector form is written once over this interface and compiled for each
/// implementation, which maps every member to one or a few instructions. Comparisons give masks: all bits set or none, element by element.
/// </summary>
/// <typeparam name="TSelf">The implementing vector.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal interface ISimd<TSelf, T> :
    IAdditionOperators<TSelf, TSelf, TSelf>,
    ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>,
    IDivisionOperators<TSelf, TSelf, TSelf>,
    IUnaryNegationOperators<TSelf, TSelf>
    where TSelf : struct, ISimd<TSelf, T>
    where T : unmanaged
{
    /// <summary>The number of elements.</summary>
    static abstract int Count { get; }

    /// <summary>Whether <see cref="MultiplyAdd"/> rounds once.</summary>
    static abstract bool IsFused { get; }

    /// <summary>Repeats a value.</summary>
    static abstract TSelf Create(T value);

    /// <summary>Repeats a value; float only. Unlike constants of a generic type, those of float stand in the code.</summary>
    static abstract TSelf CreateSingle(float value);

    /// <summary>Reads <see cref="Count"/> elements, which need not be aligned.</summary>
    static abstract unsafe TSelf Load(T* source);

    /// <summary>Writes <see cref="Count"/> elements, which need not be aligned.</summary>
    unsafe void Store(T* destination);

    /// <summary>Writes <see cref="Count"/> elements past the caches; they must be aligned to the size of the vector.</summary>
    unsafe void StoreStreaming(T* destination);

    /// <summary>Gets one element.</summary>
    T this[int index] { get; }

    /// <summary>a·b + c, rounded once where the hardware can.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    static abstract TSelf Sqrt(TSelf x);

    static abstract TSelf Abs(TSelf x);

    /// <summary>The largest whole number that is not above; floating point only, as the next three.</summary>
    static abstract TSelf Floor(TSelf x);

    /// <summary>The smallest whole number that is not below.</summary>
    static abstract TSelf Ceiling(TSelf x);

    /// <summary>The nearest whole number, of two the even one.</summary>
    static abstract TSelf Round(TSelf x);

    /// <summary>The whole number next to it in the direction of 0.</summary>
    static abstract TSelf Truncate(TSelf x);

    /// <summary>The magnitude of one number with the sign of another, also that of zero; floating point only.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary>a > b ? a : b, element by element: b where either is NaN.</summary>
    static abstract TSelf Larger(TSelf a, TSelf b);

    /// <summary>eˣ, within 1 ulp or so of the true value; floating point only.</summary>
    static abstract TSelf Exp(TSelf x);

    /// <summary>The natural logarithm, within 1 ulp or so of the true value; floating point only.</summary>
    static abstract TSelf Log(TSelf x);

    /// <summary>The decimal logarithm; float only.</summary>
    static abstract TSelf Log10(TSelf x);

    /// <summary>The sine of an angle in radians; float only, as the next five.</summary>
    static abstract TSelf Sin(TSelf x);

    static abstract TSelf Cos(TSelf x);

    static abstract TSelf Tan(TSelf x);

    static abstract TSelf Asin(TSelf x);

    static abstract TSelf Acos(TSelf x);

    static abstract TSelf Atan(TSelf x);

    /// <summary>2ⁿ for whole numbers n within the exponents of normal numbers; floating point only.</summary>
    static abstract TSelf PowerOfTwo(TSelf n);

    static abstract TSelf Equal(TSelf a, TSelf b);

    static abstract TSelf Greater(TSelf a, TSelf b);

    static abstract TSelf GreaterOrEqual(TSelf a, TSelf b);

    /// <summary>Whether a ≥ b holds for all elements; false where one is NaN.</summary>
    static abstract bool GreaterOrEqualAll(TSelf a, TSelf b);

    /// <summary>The highest bit of each element, that of the first one lowest: of a mask, where it holds.</summary>
    ulong HighestBits();

    /// <summary>Splits positive normal numbers x = m·2ⁿ, with m in [√½, √2); float only.</summary>
    /// <returns>The fraction m.</returns>
    static abstract TSelf Split(TSelf x, out TSelf exponent);

    /// <summary>mask ? a : b, element by element.</summary>
    static abstract TSelf Select(TSelf mask, TSelf a, TSelf b);
}
