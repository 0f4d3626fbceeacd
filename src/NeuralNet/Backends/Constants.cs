using System.Numerics;

namespace NeuralNet.Backends;

/// <summary>
/// Constants of an element type, for operators: ILGPU embeds and folds static readonly fields, but cannot compile T.Create….
/// </summary>
internal static class Constants<T>
    where T : unmanaged, INumber<T>
{
    public static readonly T Zero = T.Zero;
    public static readonly T One = T.One;
    public static readonly T Half = typeof(T) == typeof(float) || typeof(T) == typeof(double) ? T.CreateChecked(0.5) : T.Zero;
    public static readonly bool IsFloat = typeof(T) == typeof(float);
    public static readonly bool IsUnsigned = typeof(T) == typeof(byte);
    public static readonly bool IsInteger = typeof(T) == typeof(byte) || typeof(T) == typeof(int) || typeof(T) == typeof(long);
    public static readonly bool IsSigned = typeof(T) == typeof(int) || typeof(T) == typeof(long);

    /// <summary>The smallest value: −∞ where there is one.</summary>
    public static readonly T Lowest = CreateLowest();

    /// <summary>The largest value: ∞ where there is one.</summary>
    public static readonly T Highest = CreateHighest();

    private static T CreateHighest()
    {
        if (typeof(T) == typeof(float)) return (T)(object)float.PositiveInfinity;
        if (typeof(T) == typeof(double)) return (T)(object)double.PositiveInfinity;
        if (typeof(T) == typeof(int)) return (T)(object)int.MaxValue;
        if (typeof(T) == typeof(long)) return (T)(object)long.MaxValue;
        return (T)(object)byte.MaxValue;
    }

    private static T CreateLowest()
    {
        if (typeof(T) == typeof(float)) return (T)(object)float.NegativeInfinity;
        if (typeof(T) == typeof(double)) return (T)(object)double.NegativeInfinity;
        if (typeof(T) == typeof(int)) return (T)(object)int.MinValue;
        if (typeof(T) == typeof(long)) return (T)(object)long.MinValue;
        return T.Zero;
    }
}
