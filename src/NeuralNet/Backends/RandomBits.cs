namespace NeuralNet.Backends;

/// <summary>
/// How random words become numbers. Every device calls these functions, so that integers, unit uniforms and masks are the same to the bit.
/// A block of four words serves four elements of 32-bit kinds (float uniforms and normals, masks) and two of 64-bit kinds (double uniforms
/// and normals, integers): element i comes from block counter + i / 4, word i % 4, or from block counter + i / 2, 64-bit word i % 2.
/// </summary>
internal static class RandomBits
{
    /// <summary>The elements of a block that take one word each.</summary>
    public const int WordsPerBlock = 4;

    /// <summary>The elements of a block that take two words each.</summary>
    public const int LongsPerBlock = 2;

    public const float UnitSingle = 1f / (1 << 24);
    private const double UnitDouble = 1d / (1L << 53);
    private const double Words = 1L << 32;

    /// <summary>A multiple of 2⁻²⁴ in [0, 1), from the upper 24 bits.</summary>
    public static float ToSingle(uint word) => (int)(word >> 8) * UnitSingle;

    /// <summary>A multiple of 2⁻⁵³ in [0, 1), from the upper 53 bits.</summary>
    public static double ToDouble(ulong word) => (long)(word >> 11) * UnitDouble;

    /// <summary>
    /// low + unit · width, which rounding must not carry above the last number below high; [0, 1) stays as it is, to the bit.
    /// </summary>
    public static float Scale(float unit, float low, float width, float last)
    {
        float x = low + unit * width;
        return x < last ? x : last;
    }

    /// <inheritdoc cref="Scale(float, float, float, float)"/>
    public static double Scale(double unit, double low, double width, double last)
    {
        double x = low + unit * width;
        return x < last ? x : last;
    }

    /// <summary>
    /// The largest result of a uniform draw on [low, high), computed once on the host; low itself where the interval is empty.
    /// </summary>
    public static float LastBelow(float low, float high) => Math.Max(low, MathF.BitDecrement(high));

    /// <inheritdoc cref="LastBelow(float, float)"/>
    public static double LastBelow(double low, double high) => Math.Max(low, Math.BitDecrement(high));

    /// <summary>
    /// The number of words, of all 2³², that mean 1: the probability rounded to a multiple of 2⁻³², computed once on the host.
    /// </summary>
    public static ulong Threshold(double probability) => (ulong)Math.Round(Math.Clamp(probability, 0, 1) * Words);

    /// <summary>1 for words below the threshold, else 0.</summary>
    public static byte ToMask(uint word, ulong threshold) => word < threshold ? (byte)1 : (byte)0;

    /// <summary>
    /// An integer in [low, low + range), from 64 bits without rejection: no integer is likelier than another by more than 2⁻⁶⁴.
    /// </summary>
    public static long ToInteger(ulong word, long low, ulong range) => (long)((ulong)low + MultiplyHigh(word, range));

    /// <summary>The upper 64 bits of a product.</summary>
    public static ulong MultiplyHigh(ulong a, ulong b)
    {
        ulong aLow = (uint)a;
        ulong aHigh = a >> 32;
        ulong bLow = (uint)b;
        ulong bHigh = b >> 32;
        ulong middle = aHigh * bLow + ((aLow * bLow) >> 32);
        return aHigh * bHigh + (middle >> 32) + ((aLow * bHigh + (uint)middle) >> 32);
    }
}
