using System.Globalization;

namespace NeuralNet;

/// <summary>Formats elements to one width, so that they stand in columns.</summary>
internal static class CellText
{
    private const int MaxDigits = 4;

    // From here on, and below that, digits behind the point say little.
    private const double LargestFixed = 1e8;
    private const double SmallestFixed = 1e-4;
    private const double LargestFixedRatio = 1e6;

    /// <summary>The elements in logical order.</summary>
    public static string[] Of(Tensor tensor)
    {
        if (tensor.DType == DType.Bool)
            return Aligned(tensor.ToArray<bool>().Select(x => x ? "True" : "False"));
        if (tensor.DType.IsInteger())
            return Aligned(tensor.Cast(DType.Int64).ToArray<long>().Select(x => x.ToString(CultureInfo.InvariantCulture)));
        double[] values = tensor.Cast(DType.Float64).ToArray<double>();
        if (tensor.Rank == 0)
            return [InFull(values[0], tensor.DType)];
        return NeedExponent(values) ? Scientific(values) : Fixed(values);
    }

    /// <summary>All digits that tell the number from its neighbours.</summary>
    private static string InFull(double x, DType dtype)
    {
        if (!double.IsFinite(x))
            return NotFinite(x);
        string digits = dtype switch
        {
            DType.Float64 => x.ToString(CultureInfo.InvariantCulture),
            DType.Float16 => ((Half)x).ToString(CultureInfo.InvariantCulture),
            _ => ((float)x).ToString(CultureInfo.InvariantCulture),
        };
        return digits.Contains('E') ? digits.ToLowerInvariant() : digits.Contains('.') ? digits : digits + ".0";
    }

    private static bool NeedExponent(double[] values)
    {
        double largest = 0;
        double smallest = double.PositiveInfinity;
        foreach (double x in values)
        {
            if (!double.IsFinite(x) || x == 0)
                continue;
            largest = Math.Max(largest, Math.Abs(x));
            smallest = Math.Min(smallest, Math.Abs(x));
        }
        return largest > 0 && (largest >= LargestFixed || smallest < SmallestFixed || largest / smallest > LargestFixedRatio);
    }

    /// <summary>Points below each other; no zeros at the end, but blanks.</summary>
    private static string[] Fixed(double[] values)
    {
        string[] texts = [.. values.Select(x => double.IsFinite(x) ? x.ToString("F4", CultureInfo.InvariantCulture).TrimEnd('0') : NotFinite(x))];
        int longestFraction = 0;
        for (int i = 0; i < texts.Length; i++)
        {
            if (double.IsFinite(values[i]))
                longestFraction = Math.Max(longestFraction, texts[i].Length - texts[i].IndexOf('.'));
        }
        for (int i = 0; i < texts.Length; i++)
        {
            if (double.IsFinite(values[i]))
                texts[i] = texts[i].PadRight(texts[i].IndexOf('.') + longestFraction);
        }
        return Aligned(texts);
    }

    /// <summary>Mantissas of as many digits as the longest of them needs.</summary>
    private static string[] Scientific(double[] values)
    {
        string[] texts = [.. values.Select(x => double.IsFinite(x) ? x.ToString("0.0000e+00", CultureInfo.InvariantCulture) : NotFinite(x))];
        int superfluous = MaxDigits;
        for (int i = 0; i < texts.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                continue;
            string mantissa = texts[i][..texts[i].IndexOf('e')];
            superfluous = Math.Min(superfluous, mantissa.Length - mantissa.TrimEnd('0').Length);
        }
        for (int i = 0; i < texts.Length; i++)
        {
            if (double.IsFinite(values[i]))
                texts[i] = texts[i].Remove(texts[i].IndexOf('e') - superfluous, superfluous);
        }
        return Aligned(texts);
    }

    private static string[] Aligned(IEnumerable<string> texts)
    {
        string[] cells = [.. texts];
        int width = cells.Max(cell => cell.Length);
        return [.. cells.Select(cell => cell.PadLeft(width))];
    }

    private static string NotFinite(double x) => double.IsNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
}
