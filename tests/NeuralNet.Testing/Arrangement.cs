namespace NeuralNet.Testing;

/// <summary>How the elements of an input lie in memory.</summary>
public enum Arrangement
{
    /// <summary>In logical order.</summary>
    Contiguous,

    /// <summary>With the axes in reverse order.</summary>
    Transposed,

    /// <summary>Dense, with axis 1 innermost, as channels-last images.</summary>
    ChannelsLast,

    /// <summary>Every second element of a larger block, from the second on, among elements that no operation may read.</summary>
    Sliced,

    /// <summary>The first axis repeated, with stride 0; only for numbers that are equal along it.</summary>
    Expanded,
}
