namespace NeuralNet;

/// <summary>The checks that operations share.</summary>
internal static class Require
{
    public static void FloatingPoint(Speaker name, DType dtype)
    {
        if (!dtype.IsFloatingPoint())
            throw new DTypeException($"{name}: a tensor of {dtype}; Float32 or Float64 is needed. Use x.Cast(DType.Float32).");
    }

    /// <summary>That a parameter of a function is a number, so that it makes no NaN out of good input.</summary>
    public static void Finite(string name, string parameter, double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(parameter, value, $"{name}: {parameter} is {value}. Give a finite number.");
    }

    /// <summary>That a parameter that is divided by is a number, and not 0.</summary>
    public static void Divisor(string name, string parameter, double value)
    {
        Finite(name, parameter, value);
        if (value == 0)
            throw new ArgumentOutOfRangeException(parameter, value, $"{name}: {parameter} is 0, which x is divided by. Give another number.");
    }

    public static void Numeric(Speaker name, DType dtype)
    {
        if (!dtype.IsFloatingPoint() && !dtype.IsInteger())
            throw new DTypeException($"{name}: a tensor of {dtype}, which is no dtype to compute in. Use x.Cast(DType.Float32).");
    }

    /// <summary>The dtype in which the elements of a tensor are accumulated: its own for floating point, Int64 for integers and Bool.</summary>
    public static DType Accumulated(Speaker name, DType dtype)
    {
        if (dtype.IsFloatingPoint())
            return dtype;
        if (dtype != DType.Bool)
            Numeric(name, dtype);
        return DType.Int64;
    }

    public static DType SameDType(Speaker name, Tensor a, Tensor b)
    {
        if (a.DType != b.DType)
            throw new DTypeException($"{name}: dtypes {a.DType} and {b.DType} do not mix. Use b.Cast(DType.{a.DType}) or "
                + $"a.Cast(DType.{b.DType}).");
        return a.DType;
    }

    public static void Bool(Speaker name, Tensor condition)
    {
        if (condition.DType != DType.Bool)
            throw new DTypeException($"{name}: the condition is a tensor of {condition.DType}; Bool is needed. Compare, as in x > 0, "
                + "or use Cast(DType.Bool).");
    }

    /// <summary>That a gradient is like the tensor it belongs to.</summary>
    /// <param name="found">Where it came from, as the start of the message: <c>Grad:</c>.</param>
    /// <param name="gradient">The gradient.</param>
    /// <param name="owner">What it belongs to, for the message.</param>
    /// <param name="like">The tensor it belongs to.</param>
    public static void Gradient(string found, Tensor gradient, string owner, Tensor like)
    {
        if (gradient.Shape != like.Shape)
            throw new ShapeException($"{found} a gradient of {gradient.Shape} for {owner} of {like.Shape}. Give it the tensor's shape.");
        SameKind(found, gradient, owner, like);
    }

    /// <summary>That a gradient has the dtype and the device of the tensor it belongs to.</summary>
    public static void SameKind(string found, Tensor gradient, string owner, Tensor like)
    {
        if (gradient.DType != like.DType)
            throw new DTypeException($"{found} a gradient of {gradient.DType} for {owner} of {like.DType}. Use Cast(DType.{like.DType}).");
        if (!ReferenceEquals(gradient.Device, like.Device))
            throw new DeviceException($"{found} a gradient on {gradient.Device} for {owner} on {like.Device}. Use gradient.To(x.Device).");
    }

    /// <summary>An index tensor as Int64; Int32 is accepted too.</summary>
    public static Tensor Index(Speaker name, Tensor index) => index.DType switch
    {
        DType.Int64 => index,
        DType.Int32 => index.Cast(DType.Int64),
        _ => throw new DTypeException($"{name}: indices of {index.DType}; Int64 or Int32 is needed. Use index.Cast(DType.Int64)."),
    };
}
