using NeuralNet.Testing;

namespace NeuralNet.Gpu.Tests;

/// <summary>Runs checks on the tested device.</summary>
internal static class ContractRunner
{
    /// <summary>Checks a case, and says what is wrong: null where nothing is.</summary>
    public static string? Run(ContractCheck check, string name)
    {
        Device device = TestedDevice.Device;
        return check switch
        {
            ContractCheck.Value => Value(OpCases.Named(name), device, [DType.Float32, DType.Float64]),
            ContractCheck.ValueOfOtherDTypes => Value(OpCases.Named(name), device, DeviceContract.DTypes(OpCases.Named(name).Accepts)),
            ContractCheck.SpecialValue => First([DType.Float32, DType.Float64], dtype => DeviceContract.SpecialValue(OpCases.Named(name), device, dtype)),
            ContractCheck.Gradients => DeviceContract.Gradients(OpCases.Named(name), device),
            ContractCheck.AnyLayout => First(
                Enum.GetValues<Arrangement>().Except([Arrangement.Contiguous]),
                arrangement => DeviceContract.AnyLayout(OpCases.Named(name), device, arrangement)),
            ContractCheck.Repetition => DeviceContract.Repetition(OpCases.Named(name), device),
            ContractCheck.LayerInFloat => DeviceContract.Layer(LayerCases.Named(name), device, DType.Float32),
            ContractCheck.LayerInDouble => DeviceContract.Layer(LayerCases.Named(name), device, DType.Float64),
            _ => throw new ArgumentOutOfRangeException(nameof(check), check, null),
        };
    }

    private static string? Value(OpCase opCase, Device device, DType[] dtypes) => First(dtypes, dtype => DeviceContract.Value(opCase, device, dtype));

    private static string? First<T>(IEnumerable<T> variants, Func<T, string?> check) =>
        (from variant in variants
         let difference = check(variant)
         where difference is not null
         select $"{variant}: {difference}").FirstOrDefault();
}
