namespace NeuralNet.Datasets;

/// <summary>Numbers classes that have names: the names it learned, in ordinal order, become 0, 1, 2 and so on.</summary>
public sealed class LabelEncoder
{
    private readonly Categories _categories = new(nameof(LabelEncoder));

    /// <summary>Creates an encoder that has learned nothing yet.</summary>
    public LabelEncoder()
    {
    }

    /// <summary>Creates an encoder of known classes.</summary>
    /// <param name="classes">Their names, in the order of their numbers.</param>
    /// <exception cref="ArgumentException">A name is null or stands twice.</exception>
    public LabelEncoder(IEnumerable<string> classes) => _categories.Set(classes);

    /// <summary>Gets the names of the classes in the order of their numbers.</summary>
    /// <exception cref="InvalidOperationException">Nothing was learned yet.</exception>
    public IReadOnlyList<string> Classes => _categories.Names;

    /// <summary>Learns the classes.</summary>
    /// <exception cref="ArgumentException">A label is null.</exception>
    public void Fit(IEnumerable<string?> labels) => _categories.Fit(labels);

    /// <summary>Gives each label the number of its class.</summary>
    /// <returns>A tensor of [n] of Int64.</returns>
    /// <exception cref="ArgumentException">A label is null, or none of the classes.</exception>
    /// <exception cref="InvalidOperationException">Nothing was learned yet.</exception>
    public Tensor Transform(IEnumerable<string?> labels)
    {
        long[] numbers = _categories.NumbersOf(labels, ignoreUnknown: false);
        return Tensor.From(numbers, [numbers.Length]);
    }

    /// <summary>Learns the classes, and gives each label the number of its class.</summary>
    /// <returns>A tensor of [n] of Int64.</returns>
    /// <exception cref="ArgumentException">A label is null.</exception>
    public Tensor FitTransform(IEnumerable<string?> labels)
    {
        string?[] all = [.. labels];
        Fit(all);
        return Transform(all);
    }

    /// <summary>Gives the names of classes, such as a model's <c>ArgMax</c> found.</summary>
    /// <param name="classes">Numbers of classes, [n] of Int64 or Int32.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is none of a class.</exception>
    /// <exception cref="ShapeException">There is not one axis.</exception>
    /// <exception cref="DTypeException">The numbers are no integers.</exception>
    public string[] InverseTransform(Tensor classes) => _categories.NamesOf(classes);
}
