namespace NeuralNet.Backends;

/// <summary>How the windows of a convolution lie on its input: for each spatial axis, in its order.</summary>
/// <param name="stride">The distance between the starts of neighbouring windows.</param>
/// <param name="padding">How many zeros stand before the input.</param>
/// <param name="paddingBehind">How many stand behind it.</param>
/// <param name="dilation">The distance between neighbouring elements of a window.</param>
/// <param name="groups">Into how many groups, which do not see each other, the channels are divided.</param>
internal sealed class ConvolutionGeometry(long[] stride, long[] padding, long[] paddingBehind, long[] dilation, long groups)
{
    public int Rank => stride.Length;

    public ReadOnlySpan<long> Stride => stride;

    public ReadOnlySpan<long> Padding => padding;

    public ReadOnlySpan<long> PaddingBehind => paddingBehind;

    public ReadOnlySpan<long> Dilation => dilation;

    public long Groups => groups;

    /// <summary>From the first element of a window to behind its last.</summary>
    public long Extent(int axis, long kernel) => (kernel - 1) * dilation[axis] + 1;

    /// <summary>How many windows there are; zero or negative where the input is smaller than one.</summary>
    public long OutputSize(int axis, long input, long kernel)
    {
        long room = input + padding[axis] + paddingBehind[axis] - Extent(axis, kernel);
        return room < 0 ? 0 : room / stride[axis] + 1;
    }
}
