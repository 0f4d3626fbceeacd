using System.Globalization;

namespace NeuralNet;

/// <summary>A number that meets a tensor in an operation, as the 2 in <c>x * 2</c>: it takes the tensor's dtype.</summary>
public readonly struct Scalar
{
    private readonly double _fraction;
    private readonly long _integer;

    private Scalar(double value)
    {
        _fraction = value;
        IsInteger = false;
    }

    private Scalar(long value)
    {
        _integer = value;
        IsInteger = true;
    }

    /// <summary>Gets whether the number was given as an integer.</summary>
    internal bool IsInteger { get; }

    /// <summary>Converts a floating-point number.</summary>
    public static implicit operator Scalar(double value) => new(value);

    /// <summary>Converts an integer.</summary>
    public static implicit operator Scalar(long value) => new(value);

    /// <summary>Converts an integer.</summary>
    public static implicit operator Scalar(int value) => new((long)value);

    /// <summary>Converts a truth value to 0 or 1.</summary>
    public static implicit operator Scalar(bool value) => new(value ? 1L : 0L);

    /// <inheritdoc/>
    public override string ToString() =>
        IsInteger ? _integer.ToString(CultureInfo.InvariantCulture) : _fraction.ToString(CultureInfo.InvariantCulture);

    internal double ToDouble() => IsInteger ? _integer : _fraction;

    /// <summary>The number as one of an element type that is computed in.</summary>
    /// <exception cref="DTypeException">It is a fraction, or out of range, for integers.</exception>
    internal T To<T>(string where)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        DType dtype = DTypes.Of<T>();
        return dtype.IsFloatingPoint() ? T.CreateTruncating(ToDouble()) : T.CreateTruncating(ToInt64(dtype, where));
    }

    /// <exception cref="DTypeException">The number has a fraction or does not fit.</exception>
    internal long ToInt64(DType dtype, string where)
    {
        if (!IsInteger && Math.Floor(_fraction) != _fraction)
            throw new DTypeException($"{where}: the number {this} for a tensor of {dtype}, which holds no fractions. Use "
                + "Cast(DType.Float32) first, or a whole number.");
        (long smallest, long largest) = dtype switch
        {
            DType.Int32 => (int.MinValue, int.MaxValue),
            DType.UInt8 => (byte.MinValue, byte.MaxValue),
            _ => (long.MinValue, long.MaxValue),
        };
        // The double next to the largest Int64 is one more than it.
        bool fits = IsInteger ? _integer >= smallest && _integer <= largest : _fraction >= smallest && _fraction < largest + 1.0;
        if (!fits)
            throw new DTypeException($"{where}: the number {this} for a tensor of {dtype}, which holds {smallest} to {largest}. Use "
                + "Cast to a wider dtype first.");
        return IsInteger ? _integer : (long)_fraction;
    }
}
