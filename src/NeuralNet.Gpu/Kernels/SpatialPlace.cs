namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>The place of an element along three spatial axes, and what is left for the axis outside of them.</summary>
internal struct SpatialPlace
{
    public int Outer;
    public int Place0;
    public int Place1;
    public int Place2;

    /// <summary>Finds the place of an element by its number.</summary>
    public static SpatialPlace Of(int number, SpatialSizes sizes)
    {
        SpatialPlace place = default;
        int rest = number / sizes.Axis2;
        place.Place2 = number - rest * sizes.Axis2;
        int next = rest / sizes.Axis1;
        place.Place1 = rest - next * sizes.Axis1;
        place.Outer = next / sizes.Axis0;
        place.Place0 = next - place.Outer * sizes.Axis0;
        return place;
    }
}
