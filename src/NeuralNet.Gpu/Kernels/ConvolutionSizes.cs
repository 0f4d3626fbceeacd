namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>A convolution in a form that kernels take by value: x [N, C, …], weight [K, C/groups, …], y [N, K, …].</summary>
internal struct ConvolutionSizes
{
    public int Images;
    public int Groups;

    /// <summary>The channels of x in a group.</summary>
    public int Channels;

    /// <summary>The channels of y in a group.</summary>
    public int Columns;

    public SpatialSizes X;
    public SpatialSizes Y;
    public SpatialSizes Window;
    public SpatialSizes Stride;
    public SpatialSizes Padding;
    public SpatialSizes Dilation;
    public ImageStrides XStrides;
    public ImageStrides YStrides;

    /// <summary>The image axis is that of K.</summary>
    public ImageStrides WeightStrides;

    public int HasBias;
    public long BiasOffset;
    public long BiasStride;

    /// <summary>The <see cref="FusedActivation"/> as a number.</summary>
    public int Activation;

    public static ConvolutionSizes Of(Layout x, Layout weight, Layout y, ConvolutionGeometry geometry)
    {
        SpatialSizes.RequireNumbered(x);
        SpatialSizes.RequireNumbered(y);
        if (weight.Length > int.MaxValue)
            throw new ShapeException($"GPU: weights of shape {weight.Shape} have {weight.Length} elements, and kernels number at most {int.MaxValue}. Use Device.Cpu.");
        return new()
        {
            Images = checked((int)x.Sizes[0]),
            Groups = checked((int)geometry.Groups),
            Channels = checked((int)(x.Sizes[1] / geometry.Groups)),
            Columns = checked((int)(y.Sizes[1] / geometry.Groups)),
            X = SpatialSizes.Of(x.Sizes[2..], 1),
            Y = SpatialSizes.Of(y.Sizes[2..], 1),
            Window = SpatialSizes.Of(weight.Sizes[2..], 1),
            Stride = SpatialSizes.Of(geometry.Stride, 1),
            Padding = SpatialSizes.Of(geometry.Padding, 0),
            Dilation = SpatialSizes.Of(geometry.Dilation, 1),
            XStrides = ImageStrides.Of(x),
            YStrides = ImageStrides.Of(y),
            WeightStrides = ImageStrides.Of(weight),
        };
    }
}
