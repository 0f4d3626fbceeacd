using System.Numerics;
using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>y as a product for each group: rows are the pixels of y, columns its channels, the sum goes over window and channels of x.</summary>
internal struct ForwardProduct<T> : ITileProduct<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public ConvolutionSizes Sizes;
    public ArrayView<T> X;
    public ArrayView<T> Weight;
    public ArrayView<T> Bias;
    public ArrayView<T> Y;

    public readonly int Rows => Sizes.Images * Sizes.Y.Length;

    public readonly int Columns => Sizes.Columns;

    public readonly int Depth => Sizes.Window.Length * Sizes.Channels;

    public readonly T ReadA(int product, int row, int depth)
    {
        var pixel = SpatialPlace.Of(row, Sizes.Y);
        var tap = SpatialPlace.Of(depth / Sizes.Channels, Sizes.Window);
        int place0 = pixel.Place0 * Sizes.Stride.Axis0 - Sizes.Padding.Axis0 + tap.Place0 * Sizes.Dilation.Axis0;
        int place1 = pixel.Place1 * Sizes.Stride.Axis1 - Sizes.Padding.Axis1 + tap.Place1 * Sizes.Dilation.Axis1;
        int place2 = pixel.Place2 * Sizes.Stride.Axis2 - Sizes.Padding.Axis2 + tap.Place2 * Sizes.Dilation.Axis2;
        if (place0 < 0 || place0 >= Sizes.X.Axis0 || place1 < 0 || place1 >= Sizes.X.Axis1 || place2 < 0 || place2 >= Sizes.X.Axis2)
            return T.Zero;
        int channel = product * Sizes.Channels + depth % Sizes.Channels;
        return X[Sizes.XStrides.At(pixel.Outer, channel, place0, place1, place2)];
    }

    public readonly T ReadB(int product, int depth, int column)
    {
        var tap = SpatialPlace.Of(depth / Sizes.Channels, Sizes.Window);
        int k = product * Sizes.Columns + column;
        return Weight[Sizes.WeightStrides.At(k, depth % Sizes.Channels, tap.Place0, tap.Place1, tap.Place2)];
    }

    public readonly void Write(int product, int row, int column, T sum)
    {
        var pixel = SpatialPlace.Of(row, Sizes.Y);
        int k = product * Sizes.Columns + column;
        if (Sizes.HasBias != 0)
            sum += Bias[Sizes.BiasOffset + k * Sizes.BiasStride];
        if (Sizes.Activation == (int)FusedActivation.Relu)
            sum = sum <= T.Zero ? T.Zero : sum;
        Y[Sizes.YStrides.At(pixel.Outer, k, pixel.Place0, pixel.Place1, pixel.Place2)] = sum;
    }
}

/// <summary>The gradient of x as a product for each group: rows are the pixels of x, columns its channels, the sum goes over window and channels of y.</summary>
internal struct InputGradientProduct<T> : ITileProduct<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public ConvolutionSizes Sizes;
    public ArrayView<T> Dy;
    public ArrayView<T> Weight;
    public ArrayView<T> Bias;
    public ArrayView<T> Dx;

    public readonly int Rows => Sizes.Images * Sizes.X.Length;

    public readonly int Columns => Sizes.Channels;

    public readonly int Depth => Sizes.Window.Length * Sizes.Columns;

    public readonly T ReadA(int product, int row, int depth)
    {
        var pixel = SpatialPlace.Of(row, Sizes.X);
        var tap = SpatialPlace.Of(depth / Sizes.Columns, Sizes.Window);
        int from0 = pixel.Place0 + Sizes.Padding.Axis0 - tap.Place0 * Sizes.Dilation.Axis0;
        int from1 = pixel.Place1 + Sizes.Padding.Axis1 - tap.Place1 * Sizes.Dilation.Axis1;
        int from2 = pixel.Place2 + Sizes.Padding.Axis2 - tap.Place2 * Sizes.Dilation.Axis2;
        int place0 = from0 / Sizes.Stride.Axis0;
        int place1 = from1 / Sizes.Stride.Axis1;
        int place2 = from2 / Sizes.Stride.Axis2;
        bool isReached = from0 >= 0 && place0 < Sizes.Y.Axis0 && place0 * Sizes.Stride.Axis0 == from0
            && from1 >= 0 && place1 < Sizes.Y.Axis1 && place1 * Sizes.Stride.Axis1 == from1
            && from2 >= 0 && place2 < Sizes.Y.Axis2 && place2 * Sizes.Stride.Axis2 == from2;
        if (!isReached)
            return T.Zero;
        int k = product * Sizes.Columns + depth % Sizes.Columns;
        return Dy[Sizes.YStrides.At(pixel.Outer, k, place0, place1, place2)];
    }

    public readonly T ReadB(int product, int depth, int column)
    {
        var tap = SpatialPlace.Of(depth / Sizes.Columns, Sizes.Window);
        int k = product * Sizes.Columns + depth % Sizes.Columns;
        return Weight[Sizes.WeightStrides.At(k, column, tap.Place0, tap.Place1, tap.Place2)];
    }

    public readonly void Write(int product, int row, int column, T sum)
    {
        var pixel = SpatialPlace.Of(row, Sizes.X);
        int channel = product * Sizes.Channels + column;
        if (Sizes.HasBias != 0)
            sum += Bias[Sizes.BiasOffset + channel * Sizes.BiasStride];
        Dx[Sizes.XStrides.At(pixel.Outer, channel, pixel.Place0, pixel.Place1, pixel.Place2)] = sum;
    }
}

/// <summary>
/// The gradient of the weight as a product for each group and each part of the pixels: rows are the channels of y, columns window and channels of
/// x, the sum goes over the pixels of the part. Results of a part lie one after the other.
/// </summary>
internal struct WeightGradientProduct<T> : ITileProduct<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public ConvolutionSizes Sizes;
    public int PartLength;
    public ArrayView<T> Dy;
    public ArrayView<T> X;
    public ArrayView<T> Partials;

    public readonly int Rows => Sizes.Columns;

    public readonly int Columns => Sizes.Window.Length * Sizes.Channels;

    public readonly int Depth => PartLength;

    public readonly T ReadA(int product, int row, int depth)
    {
        int pixels = Sizes.Images * Sizes.Y.Length;
        int number = product / Sizes.Groups * PartLength + depth;
        if (number >= pixels)
            return T.Zero;
        var pixel = SpatialPlace.Of(number, Sizes.Y);
        int k = product % Sizes.Groups * Sizes.Columns + row;
        return Dy[Sizes.YStrides.At(pixel.Outer, k, pixel.Place0, pixel.Place1, pixel.Place2)];
    }

    public readonly T ReadB(int product, int depth, int column)
    {
        int pixels = Sizes.Images * Sizes.Y.Length;
        int number = product / Sizes.Groups * PartLength + depth;
        if (number >= pixels)
            return T.Zero;
        var pixel = SpatialPlace.Of(number, Sizes.Y);
        var tap = SpatialPlace.Of(column / Sizes.Channels, Sizes.Window);
        int place0 = pixel.Place0 * Sizes.Stride.Axis0 - Sizes.Padding.Axis0 + tap.Place0 * Sizes.Dilation.Axis0;
        int place1 = pixel.Place1 * Sizes.Stride.Axis1 - Sizes.Padding.Axis1 + tap.Place1 * Sizes.Dilation.Axis1;
        int place2 = pixel.Place2 * Sizes.Stride.Axis2 - Sizes.Padding.Axis2 + tap.Place2 * Sizes.Dilation.Axis2;
        if (place0 < 0 || place0 >= Sizes.X.Axis0 || place1 < 0 || place1 >= Sizes.X.Axis1 || place2 < 0 || place2 >= Sizes.X.Axis2)
            return T.Zero;
        int channel = product % Sizes.Groups * Sizes.Channels + column % Sizes.Channels;
        return X[Sizes.XStrides.At(pixel.Outer, channel, place0, place1, place2)];
    }

    public readonly void Write(int product, int row, int column, T sum) =>
        Partials[((long)product * Rows + row) * Columns + column] = sum;
}
