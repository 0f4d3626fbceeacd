namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>Where the elements of images [N, C, …], or weights [K, C, …], with up to three spatial axes lie.</summary>
internal struct ImageStrides
{
    public long Offset;
    public long Image;
    public long Channel;
    public long Axis0;
    public long Axis1;
    public long Axis2;

    public static ImageStrides Of(Layout layout) => new()
    {
        Offset = layout.Offset,
        Image = layout.Strides[0],
        Channel = layout.Strides[1],
        Axis0 = layout.Rank > 4 ? layout.Strides[^3] : 0,
        Axis1 = layout.Rank > 3 ? layout.Strides[^2] : 0,
        Axis2 = layout.Strides[^1],
    };

    public readonly long At(int image, int channel, int place0, int place1, int place2) =>
        Offset + image * Image + channel * Channel + place0 * Axis0 + place1 * Axis1 + place2 * Axis2;
}
