namespace NeuralNet;

/// <summary>The checks of layers that run others side by side.</summary>
internal static class Branches
{
    /// <exception cref="ArgumentException">There is no branch, or one is null.</exception>
    public static Layer[] Require(string layer, ReadOnlySpan<Layer> branches)
    {
        if (branches.IsEmpty)
            throw new ArgumentException($"{layer}: no branches. Give one at least.", nameof(branches));
        int missing = branches.IndexOf((Layer)null!);
        if (missing >= 0)
            throw new ArgumentException($"{layer}: branch {missing} of {branches.Length} is null. Leave it out, or use Identity.", nameof(branches));
        return branches.ToArray();
    }

    /// <summary>Frees the output of a branch when it was used, if nobody else can have it.</summary>
    public static void End(Layer branch, Tensor x, Tensor y)
    {
        if (branch.IsOfLibrary && !ReferenceEquals(x, y))
            y.End();
    }
}
