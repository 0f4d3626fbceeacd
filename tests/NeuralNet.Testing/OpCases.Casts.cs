namespace NeuralNet.Testing;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Casts()
    {
        // Between the two dtypes that are computed in. Steps that both hold exactly make the differences exact.
        foreach ((string branch, int[] sizes) in new[] { ("there and back", new[] { 3, 7 }), ("large", [70001]) })
        {
            yield return new(
                "Cast",
                branch,
                [In(sizes)],
                x => x[0].Cast(x[0].DType == DType.Float32 ? DType.Float64 : DType.Float32).Cast(x[0].DType),
                x => x[0])
            {
                Accepts = Accepts.Any,
                Step = 1.0 / 128,
            };
        }
        foreach (DType from in Enum.GetValues<DType>())
        {
            foreach (DType to in Enum.GetValues<DType>().Where(to => to != from && !(IsComputedIn(from) && IsComputedIn(to))))
            {
                Operand operand = new([3, 25], NumbersOf(from, to), from);
                yield return new("Cast", $"{from} to {to}", [operand], x => x[0].Cast(to), x => x[0].Map(value => Convert(value, to)))
                {
                    Accepts = Accepts.Any,
                    IsDifferentiable = false,
                };
            }
        }
    }

    private static bool IsComputedIn(DType dtype) => dtype is DType.Float32 or DType.Float64;

    /// <summary>Numbers that a dtype holds, and that a cast is defined for.</summary>
    private static Domain NumbersOf(DType from, DType to) => from switch
    {
        DType.Bool => Domain.Truth,
        DType.UInt8 => Domain.Index(256),
        DType.Int32 or DType.Int64 => Domain.FewIntegers,
        DType.BFloat16 => to == DType.UInt8 ? Domain.Index(250).Scaled(1.0 / 64) : Domain.Index(250).Scaled(-1.0 / 64),
        _ => to == DType.UInt8 ? Domain.Between(0.3, 1.9).Scaled(64) : Domain.Any.Scaled(2),
    };

    private static double Convert(double value, DType to) => to switch
    {
        DType.Bool => value != 0 ? 1 : 0,
        DType.Int32 or DType.Int64 => Math.Truncate(value),
        DType.UInt8 => HostValues.Wrap(Math.Truncate(value), DType.UInt8),
        DType.Float16 => ToSignificantBits(value, 11),
        DType.BFloat16 => ToSignificantBits(value, 8),
        _ => value,
    };

    /// <summary>The nearest number of so many significant bits, ties to even.</summary>
    private static double ToSignificantBits(double value, int bits)
    {
        if (value == 0)
            return value;
        int shift = bits - 1 - Math.ILogB(value);
        return Math.ScaleB(Math.Round(Math.ScaleB(value, shift), MidpointRounding.ToEven), -shift);
    }
}
