namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// An input gradient of few channels: for each pixel of dy its window of dx is a row of a product with the weights, which is then added where the window
/// lies. It lives on the caller's stack while workers read it.
/// </summary>
internal unsafe struct ScatterJob<T>
    where T : unmanaged
{
    public T* Dy;
    public T* Dx;

    /// <summary>What is added to each channel of dx, or null.</summary>
    public T* Bias;

    /// <summary>For each panel of the windows' elements, for each channel of dy a row.</summary>
    public T* Weights;

    /// <summary>The sizes of dy.</summary>
    public Extent Sizes;

    /// <summary>The sizes of dx.</summary>
    public Extent Inside;

    public Extent DyStrides;
    public Extent DxStrides;

    /// <summary>The elements of a window along each axis.</summary>
    public Extent Counts;

    public Extent Step;
    public Extent Before;
    public Extent Dilation;

    /// <summary>Sizes that hold all windows, those that reach beyond dx included.</summary>
    public Extent Padded;

    /// <summary>The channels of dy.</summary>
    public nint Inputs;

    /// <summary>The channels of dx.</summary>
    public nint Channels;

    /// <summary>The pixels of dy that are multiplied at a time.</summary>
    public nint PixelsAtOnce;

    /// <summary>The elements of a window, filled up to whole vectors.</summary>
    public nint RowLength;

    /// <summary>The elements of a window that lie together in dx: a row of it, or one pixel.</summary>
    public readonly nint RunLength => Dilation[3] == 1 ? Counts[3] * Channels : Channels;

    public readonly nint PaddedLength => Padded[1] * Padded[2] * Padded[3] * Channels;
}
