namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Turns class numbers into rows of zeros with a one at the class.</summary>
    /// <param name="classes">The number of classes; −1 for the largest class number plus 1.</param>
    /// <returns>A tensor of Int64 of this one's shape, with an axis for the classes behind.</returns>
    /// <remarks>No gradient flows through it. Cast the result to compute with it.</remarks>
    /// <exception cref="DTypeException">The tensor is neither of Int64 nor of Int32.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class number is negative or not below the number of classes, which is not
    /// positive, or left open for no elements.</exception>
    /// <exception cref="DeviceException">The number of classes is left open on <see cref="Device.Meta"/>.</exception>
    public Tensor OneHot(long classes = -1)
    {
        Tensor index = Require.Index(nameof(OneHot), this);
        if (classes == -1)
            classes = CountClasses(index);
        if (classes < 1)
            throw new ArgumentOutOfRangeException(nameof(classes), classes, $"OneHot: {classes} classes. Give 1 or more, or −1 for as many "
                + "as the largest class number asks for.");
        Indices.RequireInRange(nameof(OneHot), index, classes);
        Shape rows = [.. Shape, 1];
        Tensor zeros = Zeros(rows.With(Rank, classes), DType.Int64, Device);
        return Op.Apply(new ScatterOp(Rank), zeros, index.Reshape(rows), OfScalar(1, zeros).Expand(rows));
    }

    private static long CountClasses(Tensor index)
    {
        Indices.RequireData(nameof(OneHot), index, "Give the number of classes.");
        if (index.Length == 0)
            throw new ArgumentOutOfRangeException("classes", -1L, $"OneHot: the number of classes is left open for a tensor of "
                + $"{index.Shape}, which has no class numbers. Give it.");
        return Math.Max(1, index.Max().Item<long>() + 1);
    }
}
