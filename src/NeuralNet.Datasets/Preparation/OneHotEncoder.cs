namespace NeuralNet.Datasets;

/// <summary>Turns categories that have names into vectors with a 1 at the place of their category, and 0 elsewhere.</summary>
/// <param name="ignoreUnknown">Whether a category that was not learned, or is missing, gives zeros; if not, it is an error.</param>
public sealed class OneHotEncoder(bool ignoreUnknown = false)
{
    private readonly Categories _categories = new(nameof(OneHotEncoder));

    /// <summary>Gets the names of the categories in the order of their places: ordinal.</summary>
    /// <exception cref="InvalidOperationException">Nothing was learned yet.</exception>
    public IReadOnlyList<string> Categories => _categories.Names;

    /// <summary>Learns the categories.</summary>
    /// <exception cref="ArgumentException">A value is null, and unknown ones are not ignored.</exception>
    public void Fit(IEnumerable<string?> values) => _categories.Fit(ignoreUnknown ? values.OfType<string>() : values);

    /// <summary>Turns each value into a vector.</summary>
    /// <returns>A tensor of [n, categories] of Float32.</returns>
    /// <exception cref="ArgumentException">A value is null or none of the categories, and such are not ignored.</exception>
    /// <exception cref="InvalidOperationException">Nothing was learned yet.</exception>
    public Tensor Transform(IEnumerable<string?> values)
    {
        long[] numbers = _categories.NumbersOf(values, ignoreUnknown);
        float[] vectors = new float[numbers.Length * Categories.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] >= 0)
                vectors[i * Categories.Count + numbers[i]] = 1;
        }
        return Tensor.From(vectors, [numbers.Length, Categories.Count]);
    }

    /// <summary>Learns the categories, and turns each value into a vector.</summary>
    /// <returns>A tensor of [n, categories] of Float32.</returns>
    /// <exception cref="ArgumentException">A value is null, and such are not ignored.</exception>
    public Tensor FitTransform(IEnumerable<string?> values)
    {
        string?[] all = [.. values];
        Fit(all);
        return Transform(all);
    }

    /// <summary>Gives the category of the greatest component of each vector.</summary>
    /// <param name="vectors">Vectors, [n, categories].</param>
    /// <exception cref="ShapeException">There are not two axes, or another number of categories.</exception>
    public string[] InverseTransform(Tensor vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.Rank != 2 || vectors.Shape[1] != Categories.Count)
            throw new ShapeException($"OneHotEncoder.InverseTransform: vectors of {vectors.Shape}. Give [n, {Categories.Count}].");
        return _categories.NamesOf(vectors.ArgMax(1));
    }
}
