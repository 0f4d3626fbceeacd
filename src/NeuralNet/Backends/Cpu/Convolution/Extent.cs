using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>A number for the batch and each of three spatial axes: N, D, H, W. Images of fewer axes have the first ones at size 1.</summary>
[InlineArray(Count)]
internal struct Extent
{
    public const int Count = 4;

    private nint _first;

    public readonly nint Product => this[0] * this[1] * this[2] * this[3];

    /// <summary>The sizes of a layout [N, C, …].</summary>
    public static Extent SizesOf(Layout layout) => Of(layout.Sizes, missing: 1);

    /// <summary>The strides of a layout [N, C, …], in elements.</summary>
    public static Extent StridesOf(Layout layout) => Of(layout.Strides, missing: 0);

    /// <summary>Numbers of the spatial axes alone, with 1 for the batch.</summary>
    public static Extent OfSpatial(ReadOnlySpan<long> values, nint missing)
    {
        Extent extent = default;
        ((Span<nint>)extent).Fill(missing);
        for (int i = 1; i <= values.Length; i++)
            extent[Count - i] = (nint)values[^i];
        return extent;
    }

    private static Extent Of(ReadOnlySpan<long> values, nint missing)
    {
        Extent extent = OfSpatial(values[2..], missing);
        extent[0] = (nint)values[0];
        return extent;
    }
}
